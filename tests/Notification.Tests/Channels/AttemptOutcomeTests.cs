using EarlyWarning.Notification.Channels;

namespace EarlyWarning.Notification.Tests.Channels;

public sealed class AttemptOutcomeTests
{
    [Fact]
    public void Detail_ThatQuotesBytesOfTheOtherSide_IsOneLineThatAStoreTakes()
    {
        AttemptOutcome outcome = new(false, $"Invalid status line: '\0\u001b[2J\r\n{new string('x', 10_000)}'");

        Assert.StartsWith("Invalid status line: '\uFFFD\uFFFD[2J\uFFFD\uFFFDxxx", outcome.Detail, StringComparison.Ordinal);
        Assert.Equal(500, outcome.Detail.Length);
    }
}
