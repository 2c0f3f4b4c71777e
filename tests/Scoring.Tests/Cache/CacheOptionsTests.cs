using EarlyWarning.Scoring.Cache;

namespace EarlyWarning.Scoring.Tests.Cache;

public sealed class CacheOptionsTests
{
    [Fact]
    public void Validate_SeveralErrors_NamesThemTogether()
    {
        var options = new ScoringOptions { Processors = 0, CountriesAtOnce = 0 };
        Assert.Equal(2, options.Validate().Count);
        (options.Cache.MemoryMegabytes, options.Cache.KeepResults, options.Cache.MaxResultBytes) = (1, TimeSpan.Zero, 1);
        (options.Cache.Timeout, options.Cache.Rest, options.Cache.ConnectionString) = (TimeSpan.Zero, TimeSpan.Zero, "");

        Assert.Equal(8, options.Validate().Count);
    }

    [Fact]
    public void Validate_LargestResultAboveAQuarterOfTheMemory_IsRefused() =>
        Assert.Contains(
            "a quarter",
            Assert.Single(new CacheOptions { MemoryMegabytes = 16, MaxResultBytes = 5_000_000 }.Validate()),
            StringComparison.Ordinal
        );

    [Fact]
    public void Validate_ConnectionStringWithAnUnknownOption_IsRefusedWithoutQuotingIt()
    {
        var error = Assert.Single(new CacheOptions { ConnectionString = "redis:6379,password=a,secret=b" }.Validate());

        Assert.DoesNotContain("secret", error, StringComparison.Ordinal);
    }
}
