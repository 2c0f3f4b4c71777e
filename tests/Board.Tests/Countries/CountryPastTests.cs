using EarlyWarning.Board.Countries;
using EarlyWarning.Board.Tests.Infrastructure;
using EarlyWarning.V1;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Board.Tests.Countries;

public sealed class CountryPastTests
{
    private static long s_revision;

    [Fact]
    public void Rises_AreFromTheLowestOfThirtyDays_LargestFirst_AndDoNotOverlap()
    {
        RiskChange[] changes = [At(-300, 20), At(-290, 10), At(-280, 40), At(-279, 45), At(-100, 45), At(-95, 52), At(-50, 52), At(-1, 60)];

        var rises = CountryPast.Rises(changes, 3, 1);

        Assert.Equal([(10, 45), (45, 52)], rises.Select(one => (one.From.Score, one.To.Score)));
    }

    [Fact]
    public void Rises_ByANewVersionOrAfterATimeWithoutAScore_AreNone() =>
        Assert.Empty(CountryPast.Rises([At(-20, 10), At(-19, 50, version: 2), At(-18, null), At(-17, 90, version: 2)], 3, 1));

    [Fact]
    public void Spells_JoinWhatIsOfOneLevel_NewestFirst()
    {
        var spells = CountryPast.Spells([At(-9, 10, "low"), At(-8, 50, "high"), At(-7, 55, "high"), At(-6, 20, "low"), At(-5, 60, "high")]);

        Assert.Equal(
            [("high", -5, null), ("low", -6, -5), ("high", -8, -6), ("low", -9, (int?)-8)],
            spells.Select(one => (one.Level, Days(one.From), one.To is { } to ? Days(to) : (int?)null))
        );
    }

    private static int Days(DateTimeOffset at) => (int)(at - Known.Now).TotalDays;

    private static RiskChange At(int days, double? score, string level = "low", int version = 1)
    {
        RiskChange change = new()
        {
            Time = Known.Now.AddDays(days).ToTimestamp(),
            Revision = Interlocked.Increment(ref s_revision),
            Level = level,
            Framework = $"frameworks/f/versions/{version}",
        };
        if (score is { } known)
        {
            change.Score = known;
        }

        return change;
    }
}
