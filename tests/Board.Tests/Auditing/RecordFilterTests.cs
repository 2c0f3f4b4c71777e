using EarlyWarning.Board.Auditing;

namespace EarlyWarning.Board.Tests.Auditing;

public sealed class RecordFilterTests
{
    [Fact]
    public void Address_OfAFilter_HasWhatNarrowsAndNothingElse()
    {
        Assert.Equal("/audit", new RecordFilter("", "", "", "", "").Address());
        Assert.Equal(
            "/audit?caller=night%20desk&code=OK&from=2026-11-01&page=t%2B1&after=50",
            new RecordFilter("night desk", "", "OK", "2026-11-01", "").Address("t+1", 50)
        );
    }

    [Fact]
    public void Request_OfAFilter_TakesWholeDays_TheLastOneToo()
    {
        var request = new RecordFilter("amina", "", "", "2026-11-01", "2026-11-02").Request("", 50);

        Assert.Equal(new DateTime(2026, 11, 1, 0, 0, 0, DateTimeKind.Utc), request.FromTime.ToDateTime());
        Assert.Equal(new DateTime(2026, 11, 3, 0, 0, 0, DateTimeKind.Utc), request.BeforeTime.ToDateTime());
        Assert.Null(new RecordFilter("", "", "", "", "9999-12-31").Request("", 50).BeforeTime);
    }

    [Theory]
    [InlineData("yesterday", "", "yesterday")]
    [InlineData("2026-11-01", "2026-02-30", "2026-02-30")]
    [InlineData("2026-11-01", "", "")]
    public void Filter_ByWhatIsNoDay_NamesIt(string from, string until, string unread) =>
        Assert.Equal(unread, new RecordFilter("", "", "", from, until).Unread);
}
