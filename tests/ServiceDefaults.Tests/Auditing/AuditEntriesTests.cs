using EarlyWarning.ServiceDefaults.Auditing;
using EarlyWarning.V1;
using Google.Protobuf.WellKnownTypes;
using Microsoft.AspNetCore.Http;

namespace EarlyWarning.ServiceDefaults.Tests.Auditing;

public sealed class AuditEntriesTests
{
    [Fact]
    public void Entry_OfARequestWithATimeThatIsNone_SaysWhatWasAskedAndThatItIsInvalid()
    {
        var request = new CreateThresholdRequest
        {
            Note = "why",
            Threshold = new()
            {
                For = new() { Seconds = 1, Nanos = -5 },
                UpdateTime = new Timestamp { Seconds = long.MaxValue },
            },
        };

        var entry = AuditEntries.Of(new DefaultHttpContext(), request, DateTimeOffset.UnixEpoch);

        Assert.Contains("why", entry.Request, StringComparison.Ordinal);
        Assert.Contains("Invalid Timestamp", entry.Request, StringComparison.Ordinal);
        Assert.Contains("Invalid Duration", entry.Request, StringComparison.Ordinal);
    }
}
