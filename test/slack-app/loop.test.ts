import { describeSlackTransport } from "../contracts/slack-transport.contract.ts";

describeSlackTransport("http");
describeSlackTransport("socket");
