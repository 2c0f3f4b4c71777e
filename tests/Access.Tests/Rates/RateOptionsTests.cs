using System.Net;
using EarlyWarning.Access.Rates;

namespace EarlyWarning.Access.Tests.Rates;

public sealed class RateOptionsTests
{
    [Fact]
    public void With_ANumberOrNone_SetsThatLimitAlone()
    {
        var options = RateOptions.Standard.With("calls-per-second=7", out var fault).With("open-streams=none", out var second);

        Assert.Equal(("", ""), (fault, second));
        Assert.Equal(RateOptions.Standard with { CallsPerSecond = 7, OpenStreams = null }, options);
    }

    [Theory]
    [InlineData("calls-per-second")]
    [InlineData("calls-per-second=0")]
    [InlineData("calls-per-second=-1")]
    [InlineData("calls-per-second=1.5")]
    [InlineData("calls-per-second=9999999999")]
    [InlineData("calls=5")]
    [InlineData("")]
    public void With_AnythingElse_IsRefusedWithTheNames(string text)
    {
        Assert.Equal(RateOptions.Standard, RateOptions.Standard.With(text, out var fault));
        Assert.Contains("unknown-per-minute", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(250)]
    [InlineData(int.MaxValue)]
    public void Take_OfWhatABucketHolds_GoesThroughAndWhatExceedsItIsToldWhen(int count)
    {
        using var bucket = new Bucket(count, TimeSpan.FromHours(1));

        // More than fits is taken as what fits, so a batch larger than the limit passes once in a while and not never.
        Assert.Null(bucket.Take(int.MaxValue));
        Assert.InRange(bucket.Take(int.MaxValue) ?? TimeSpan.Zero, TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(3));
    }

    [Fact]
    public void Addresses_ByTheHundredThousand_KeepAFewThousandPlaces()
    {
        var rates = new CallerRates(RateOptions.Standard);
        var kept = Enumerable.Range(0, 100_000).Select(i => rates.Of(new IPAddress(i))).ToHashSet();

        Assert.InRange(kept.Count, 1_000, 4_096);
    }
}
