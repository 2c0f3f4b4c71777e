using EarlyWarning.Risk.Tests.Infrastructure;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Risk.Tests.Thresholds;

/// <summary>What starts, keeps up and ends a threshold beside its condition: waits, history, silence and the catalogue.</summary>
public sealed class ThresholdCourseTests
{
    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);

    [Fact]
    public void For_HoldsLongEnough_FiresAtThatMomentWithoutAnInput()
    {
        var country = CountryDriver.At(
            Samples.Above(60, change: threshold => threshold.For = Duration.FromTimeSpan(TimeSpan.FromMinutes(10)))
        );
        country.ObserveEach(70);
        var met = country.Now;
        country.Pass(TimeSpan.FromMinutes(9));
        Assert.Empty(country.Decided);
        country.Pass(TimeSpan.FromMinutes(2));
        var breach = Assert.Single(country.Decided);
        Assert.InRange(breach.FireTime.ToDateTimeOffset() - met, TimeSpan.FromMinutes(9), TimeSpan.FromMinutes(10));
    }

    [Fact]
    public void For_ConditionIsLostInBetween_DoesNotFire()
    {
        var country = CountryDriver.At(
            Samples.Above(60, change: threshold => threshold.For = Duration.FromTimeSpan(TimeSpan.FromMinutes(10)))
        );
        country.ObserveEach(70);
        country.Pass(TimeSpan.FromMinutes(5));
        country.ObserveEach(50);
        country.Pass(TimeSpan.FromHours(1));
        Assert.Empty(country.Decided);
    }

    [Fact]
    public void For_EndsDuringAnOutage_FiresLateAndOnce()
    {
        var country = CountryDriver.At(
            Samples.Above(60, change: threshold => threshold.For = Duration.FromTimeSpan(TimeSpan.FromMinutes(10)))
        );
        country.ObserveEach(70);
        country.Sleep(TimeSpan.FromHours(3));
        country.Observe(10, "killings", "threats", "courts");
        Assert.Equal(["Firing", "Resolved"], country.Story);
    }

    [Fact]
    public void Backfill_ThatBecomesThePresent_WarnsOnlyWithTheNextLiveInput()
    {
        var country = CountryDriver.At(Samples.Above(60));
        country.Observe(10, "killings", "threats", "courts");
        country.Sleep(s_minute);
        country.Record(
            [
                Samples.Observation("killings", 100, country.Now),
                Samples.Observation("threats", 100, country.Now),
                Samples.Observation("courts", 100, country.Now),
            ],
            backfill: true
        );
        Assert.Equal(100, country.Score);
        country.Pass(TimeSpan.FromDays(1));
        Assert.Empty(country.Decided);
        country.Observe(100, "courts");
        Assert.Equal(["Firing"], country.Story);
    }

    [Fact]
    public void Backfill_WhileFiring_DoesNotResolve()
    {
        var country = CountryDriver.At(Samples.Above(60));
        country.ObserveEach(90);
        country.Sleep(s_minute);
        country.Record(
            [
                Samples.Observation("killings", 0, country.Now),
                Samples.Observation("threats", 0, country.Now),
                Samples.Observation("courts", 0, country.Now),
            ],
            backfill: true
        );
        country.Pass(TimeSpan.FromDays(1));
        Assert.Equal(["Firing"], country.Story);
    }

    [Fact]
    public void Backfill_JumpInTheScore_IsNoRise()
    {
        var country = CountryDriver.At(Samples.Rise(20, TimeSpan.FromDays(7)));
        country.ObserveEach(10);
        country.Sleep(s_minute);
        country.Record([Samples.Observation("killings", 90, country.Now), Samples.Observation("threats", 90, country.Now)], backfill: true);
        country.Sleep(s_minute);
        country.Observe(11, "courts");
        Assert.Empty(country.Decided);
    }

    [Fact]
    public void Stale_ScoreFallsBecauseDataGoesOutOfDate_DoesNotResolve()
    {
        var catalogue = new FakeCatalogue().Put(Samples.Small(validity: TimeSpan.FromDays(10))).Put(Samples.Above(60));
        var country = new CountryDriver(catalogue);
        country.Observe(100, "killings", "threats");
        country.Pass(TimeSpan.FromDays(5));
        country.Observe(30, "courts");
        Assert.Equal(["Firing"], country.Story);
        country.Pass(TimeSpan.FromDays(6));
        Assert.Equal(Samples.HalfKnown(30), country.Score);
        Assert.Equal(0.5, country.Framework.Present.Coverage, 9);
        country.Observe(31, "courts");
        Assert.Equal(["Firing"], country.Story);
        country.Sleep(s_minute);
        country.Observe(20, "killings", "threats");
        Assert.Equal(["Firing", "Resolved"], country.Story);
    }

    [Fact]
    public void Stale_EverythingOutOfDate_KeepsFiring()
    {
        var country = new CountryDriver(new FakeCatalogue().Put(Samples.Small(validity: TimeSpan.FromDays(10))).Put(Samples.Above(60)));
        country.Observe(100, "killings", "threats", "courts");
        country.Pass(TimeSpan.FromDays(400));
        Assert.Null(country.Score);
        Assert.Equal(["Firing"], country.Story);
    }

    [Theory]
    [InlineData("edited", "watched no longer as it was, because the threshold was changed or disabled.")]
    [InlineData("disabled", "watched no longer as it was, because the threshold was changed or disabled.")]
    [InlineData("retired", "watched no longer, because the threshold was retired.")]
    [InlineData("retired with its framework", "watched no longer, because the threshold was retired with its framework.")]
    public void Catalogue_FiringThresholdChanges_EndsAsSupersededAndSaysWhy(string change, string why)
    {
        var country = CountryDriver.At(Samples.Above(60));
        country.ObserveEach(90);
        _ = change switch
        {
            "edited" => country.Catalogue.Put(Samples.Above(95)),
            "disabled" => country.Catalogue.Put(Samples.Above(60, change: threshold => threshold.Disabled = true)),
            "retired" => country.Catalogue.Retire("alarm"),
            _ => country.Catalogue.RetireFramework(Samples.Framework),
        };
        country.Wake();
        Assert.Equal(["Firing", "Superseded"], country.Story);
        Assert.Equal(2, country.Decided[1].Sequence);
        Assert.Contains(why, country.Decided[1].Sentence, StringComparison.Ordinal);
        Assert.Contains("The danger did not pass by that: ", country.Decided[1].Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Catalogue_RetiredWhileItWaits_NeverFires()
    {
        var country = CountryDriver.At(
            Samples.Above(60, change: threshold => threshold.For = Duration.FromTimeSpan(TimeSpan.FromHours(1)))
        );
        country.ObserveEach(90);
        country.Catalogue.RetireFramework(Samples.Framework);
        country.Wake();
        country.Pass(TimeSpan.FromHours(2));
        Assert.Empty(country.Story);
    }

    [Fact]
    public void Catalogue_EditedAndStillMet_FiresAnew()
    {
        var country = CountryDriver.At(Samples.Above(60));
        country.ObserveEach(90);
        country.Catalogue.Put(Samples.Above(70));
        country.Wake();
        Assert.Equal(["Firing", "Superseded", "Firing"], country.Story);
        Assert.Equal(2, country.Decided.Select(breach => breach.Name).Distinct().Count());
    }

    [Fact]
    public void Catalogue_NewVersionScoresHigher_IsNoRise()
    {
        var country = CountryDriver.At(Samples.Rise(20, TimeSpan.FromDays(7)));
        country.Record(
            Samples.Observation("killings", 10, country.Now),
            Samples.Observation("threats", 10, country.Now),
            Samples.Observation("courts", 100, country.Now)
        );
        var before = country.Score;
        country.Catalogue.Put(Samples.Small(version: 2, courts: 9));
        country.Wake();
        Assert.True(country.Score > before + 30);
        country.Sleep(s_minute);
        country.Observe(11, "killings");
        Assert.Empty(country.Decided);
    }
}
