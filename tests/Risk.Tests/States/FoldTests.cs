using CsCheck;
using EarlyWarning.Risk.States;
using EarlyWarning.Risk.Tests.Infrastructure;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Risk.Tests.States;

public sealed class FoldTests
{
    private static readonly string[] s_indicators = ["killings", "threats", "courts"];

    [Fact]
    public void Fold_FromZeroOrFromASnapshot_IsTheSameState() =>
        Gen.Int[0, int.MaxValue]
            .Sample(
                seed =>
                {
                    var random = new Random(seed);
                    var country = new CountryDriver(Catalogue(rise: 25, wait: 50), resendWindow: 8);
                    byte[]? snapshot = null;
                    for (var i = 0; i < 60; i++)
                    {
                        country.Pass(TimeSpan.FromHours(random.Next(0, 40)));
                        if (random.Next(12) == 0)
                        {
                            country.Catalogue.Put(Samples.Small(version: i + 2, courts: random.Next(1, 4), validity: TimeSpan.FromDays(5)));
                        }

                        var horizon = random.Next(6) == 0 ? TimeSpan.FromDays(3) : TimeSpan.Zero;
                        country.Record(
                            [
                                Samples.Observation(
                                    s_indicators[random.Next(3)],
                                    random.Next(101),
                                    country.Now.AddHours(-random.Next(0, 60)),
                                    source: $"s{random.Next(2)}",
                                    horizon: horizon
                                ),
                            ],
                            backfill: random.Next(5) == 0
                        );
                        snapshot = random.Next(20) == 0 ? country.State.Write() : snapshot;
                    }

                    var whole = country.Fold();
                    Assert.Equal(Convert.ToHexString(whole.Write()), Convert.ToHexString(country.State.Write()));
                    if (snapshot is not null)
                    {
                        var tail = country.NewState();
                        Assert.True(tail.TryRead(snapshot));
                        country.Entries.Where(entry => entry.Position > tail.Position).ToList().ForEach(tail.Fold);
                        Assert.False(tail.Undecided && tail.Decide().Transitions.Count > 0);
                        Assert.Equal(Convert.ToHexString(whole.Write()), Convert.ToHexString(tail.Write()));
                    }
                },
                iter: 60
            );

    [Fact]
    public void Fold_ScoringHasChanged_KeepsTheBreaches()
    {
        var country = new CountryDriver(Catalogue());
        country.Observe(90, "killings", "threats", "courts");
        country.Pass(TimeSpan.FromDays(1));
        country.Observe(10, "killings", "threats", "courts");
        country.Pass(TimeSpan.FromDays(1));
        country.Observe(95, "killings", "threats", "courts");
        country.Pass(TimeSpan.FromDays(1));

        // The same versions, computed otherwise: under it nothing would ever have fired.
        var altered = new FakeCatalogue()
            .Put(
                Samples.Small(validity: TimeSpan.FromDays(5)) with
                {
                    Compiled = Samples.Small(courts: 1000, validity: TimeSpan.FromHours(1)).Compiled,
                }
            )
            .Put(Samples.Above(60, change: threshold => threshold.ClearingValue = 40));
        var state = new CountryState("XAA", altered.At, new(true, static () => "0TEST000", static () => false));
        country.Entries.ForEach(state.Fold);
        Assert.Equal(country.Decided[^1], state.Thresholds.Watched[0].Breach);
    }

    [Fact]
    public void Validity_Ends_AtItsMomentWithoutAnInput()
    {
        var country = new CountryDriver(Catalogue());
        country.Observe(50, "killings");
        country.Pass(TimeSpan.FromDays(5) - TimeSpan.FromSeconds(1));
        Assert.Equal(50, country.Score);
        country.Pass(TimeSpan.FromSeconds(1));
        Assert.Null(country.Score);
        Assert.Equal(long.MaxValue, country.State.NextMoment(country.Now.UtcTicks));
    }

    [Fact]
    public void Forecast_FeedsTheOutlookAlone()
    {
        var country = new CountryDriver(Catalogue());
        country.Observe(20, "killings", "threats", "courts");
        country.Record(Samples.Observation("courts", 100, country.Now, horizon: TimeSpan.FromDays(2)));
        Assert.Equal(20, country.Score);
        Assert.Equal(60, country.Framework.Outlook(country.Now.UtcTicks).State!.Score);
        Assert.Equal(0.5, country.Framework.Outlook(country.Now.UtcTicks).Coverage, 9);
        country.Pass(TimeSpan.FromDays(3));
        Assert.Null(country.Framework.Outlook(country.Now.UtcTicks).State);
    }

    [Fact]
    public void Sources_TwoOfOneIndicator_TheNewestIsUsed()
    {
        var country = new CountryDriver(Catalogue());
        country.Record(
            Samples.Observation("killings", 10, country.Now, source: "b"),
            Samples.Observation("killings", 90, country.Now.AddMinutes(-1), source: "a")
        );
        Assert.Equal(Samples.OneOfViolence(10), country.Score);
        country.Record(Samples.Observation("killings", 70, country.Now, source: "a"));
        Assert.Equal(Samples.OneOfViolence(70), country.Score);
    }

    private static FakeCatalogue Catalogue(double rise = 1e6, double wait = 1e6) =>
        new FakeCatalogue()
            .Put(Samples.Small(validity: TimeSpan.FromDays(5)))
            .Put(Samples.Above(60, change: threshold => threshold.ClearingValue = 40))
            .Put(
                Other("rise", threshold =>
                    (threshold.Condition, threshold.Value, threshold.Window) = (
                        V1.Condition.Rise,
                        rise,
                        Duration.FromTimeSpan(TimeSpan.FromDays(3))
                    )
                )
            )
            .Put(Other("waits", threshold => (threshold.Value, threshold.For) = (wait, Duration.FromTimeSpan(TimeSpan.FromHours(9)))));

    private static V1.Threshold Other(string id, Action<V1.Threshold> change)
    {
        var threshold = Samples.Above(60);
        threshold.Name = $"thresholds/{id}";
        change(threshold);
        return threshold;
    }
}
