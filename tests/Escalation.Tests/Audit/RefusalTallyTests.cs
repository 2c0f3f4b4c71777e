using EarlyWarning.Ledger.Audit;
using EarlyWarning.ServiceDefaults.Auditing;
using EarlyWarning.V1;

namespace EarlyWarning.Escalation.Tests.Audit;

public sealed class RefusalTallyTests
{
    private static readonly DateTimeOffset s_now = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly RefusalTally _tally = new(new() { KindsAtOnce = 10, KindsPerMinute = 2 }, s_now);

    [Fact]
    public void Take_TheFirstOfAKind_IsGivenAtOnceAndTheOthersAreOneEntryAtTheMinutesEnd()
    {
        Assert.NotNull(Refuse("ada"));
        for (var i = 1; i <= 500; i++)
        {
            Assert.Null(Refuse("ada", s_now.AddSeconds(i / 100.0)));
        }

        var others = Assert.Single(_tally.Turn(s_now.AddMinutes(1)));
        Assert.Equal(
            (500L, "ada", "PERMISSION_DENIED", s_now.AddSeconds(0.01)),
            (others.Count, others.Caller, others.Code, others.Time.ToDateTimeOffset())
        );
    }

    [Fact]
    public void Turn_WithoutMoreOfAKind_GivesNothingAndCountsAnew()
    {
        var first = Refuse("ada");
        Assert.Empty(_tally.Turn(s_now.AddMinutes(1)));

        var second = Refuse("ada");
        Assert.NotNull(second);
        Assert.NotEqual(first!.Id, second.Id);
    }

    [Fact]
    public void Take_OfMoreKindsThanAreToldApart_MakesOneEntryThatSaysHowMany()
    {
        var written = Enumerable.Range(0, 100_000).Count(i => Refuse($"caller-{i}") is not null);

        Assert.Equal(10, written);
        var others = Assert.Single(_tally.Turn(s_now.AddMinutes(1)));
        Assert.Equal((RefusalTally.Others, 99_990L), (others.Method, others.Count));
        Assert.Contains("99990 further calls", others.Request, StringComparison.Ordinal);
    }

    [Fact]
    public void Flood_OfADay_AddsAFewRowsAMinute()
    {
        var rows = 0;
        for (var minute = 1; minute <= 1_440; minute++)
        {
            for (var i = 0; i < 50; i++)
            {
                rows += Refuse($"caller-{minute}-{i}", s_now.AddMinutes(minute)) is null ? 0 : 1;
                Refuse($"caller-{minute}-{i}", s_now.AddMinutes(minute));
            }

            rows += _tally.Turn(s_now.AddMinutes(minute)).Count;
        }

        Assert.InRange(rows, 1_440, 1_440 * 6);
    }

    private AuditEntry? Refuse(string who, DateTimeOffset? at = null) =>
        _tally.Take(
            new(who, "/rpc", "PERMISSION_DENIED", "PERMISSION_DENIED"),
            () =>
                new()
                {
                    Id = AuditEntries.NewId(),
                    Caller = who,
                    Method = "/rpc",
                    Code = "PERMISSION_DENIED",
                    Count = 1,
                },
            at ?? s_now
        );
}
