using EarlyWarning.TestKit.Stories;
using EarlyWarning.V1;

namespace EarlyWarning.EndToEnd.Tests.Warnings;

/// <summary>The watch desk of these tests has an inbox and a webhook, and is told by both.</summary>
internal static class DeskStory
{
    public static Story ExpectDesk(this Story story, double from, double to, string country) =>
        story.Expect(from, to, country, "desk").Expect(from, to, country, "desk", ChannelKind.Webhook);
}
