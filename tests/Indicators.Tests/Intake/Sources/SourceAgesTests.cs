using EarlyWarning.Indicators.Intake.Sources;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace EarlyWarning.Indicators.Tests.Intake.Sources;

public sealed class SourceAgesTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public void Know_MoreSourcesThanAreToldApart_CountTheRestAsOne()
    {
        SourceAges ages = new(_time);
        for (var source = 0; source < 2 * SourceAges.Most; source++)
        {
            ages.Know($"s{source}", _time.GetUtcNow());
        }

        Assert.Equal(SourceAges.Most + 1, ages.Newest.Count);
        Assert.Contains(SourceAges.Others, ages.Newest.Keys);
    }

    [Fact]
    public async Task Rows_AfterARestart_ASilentSourceIsAsOldAsItWas()
    {
        await using TestStore store = new(_time, IndicatorsExtensions.Migrations);
        SourceAges before = new(_time);
        before.Know("partner", _time.GetUtcNow());
        await Rows(before, store).RoundAsync(CancellationToken.None);
        _time.Advance(TimeSpan.FromHours(3));

        SourceAges after = new(_time);
        Assert.Empty((await new SourceStatus(after, _time).ReadAsync(CancellationToken.None)).Measured);
        await Rows(after, store).RoundAsync(CancellationToken.None);

        var age = Assert.Single((await new SourceStatus(after, _time).ReadAsync(CancellationToken.None)).Measured);
        Assert.Equal((10_800, "partner"), (age.Value, age.Labels[0].Value));

        after.Know("partner", _time.GetUtcNow());
        Assert.Equal(0, Assert.Single((await new SourceStatus(after, _time).ReadAsync(CancellationToken.None)).Measured).Value);
    }

    [Fact]
    public async Task Rows_OfASourceThatAnotherProcessHears_MakeItKnownHere()
    {
        await using TestStore store = new(_time, IndicatorsExtensions.Migrations);
        var (here, there) = (new SourceAges(_time), new SourceAges(_time));
        var (own, other) = (Rows(here, store), Rows(there, store));
        here.Know("partner", _time.GetUtcNow());
        await own.RoundAsync(CancellationToken.None);
        _time.Advance(TimeSpan.FromHours(1));
        there.Know("partner", _time.GetUtcNow());
        await other.RoundAsync(CancellationToken.None);

        await own.RoundAsync(CancellationToken.None);

        Assert.Equal(_time.GetUtcNow(), here.Newest["partner"]);
    }

    [Fact]
    public async Task Rows_HeardWhileTheClockWasAhead_AgeFromWhenTheClockIsRight()
    {
        await using TestStore store = new(_time, IndicatorsExtensions.Migrations);
        SourceAges wrong = new(_time);
        wrong.Know("partner", _time.GetUtcNow().AddYears(2));
        await Rows(wrong, store).RoundAsync(CancellationToken.None);

        SourceAges ages = new(_time);
        await Rows(ages, store).RoundAsync(CancellationToken.None);
        _time.Advance(TimeSpan.FromHours(3));
        SourceAges after = new(_time);
        await Rows(after, store).RoundAsync(CancellationToken.None);

        Assert.Equal(_time.GetUtcNow().AddHours(-3), ages.Newest["partner"]);
        Assert.Equal(_time.GetUtcNow().AddHours(-3), after.Newest["partner"]);
    }

    private SourceRows Rows(SourceAges ages, TestStore store) => new(ages, store, _time, NullLogger<SourceRows>.Instance);
}
