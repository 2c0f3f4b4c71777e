using EarlyWarning.Risk.Queries;
using EarlyWarning.Risk.Tests.Infrastructure;

namespace EarlyWarning.Risk.Tests.Explaining;

/// <summary>What a country's explanation says first.</summary>
public sealed class SentenceTests
{
    [Fact]
    public void Explain_LevelDecidedByANode_NamesWhatMakesUpThatNodeFirst()
    {
        var sentence = Explained(("threats", 95), ("killings", 90), ("courts", 0));

        Assert.Contains(
            "level high, by Violence (above all threats, killings; from one source alone).",
            sentence,
            StringComparison.Ordinal
        );
        Assert.True(
            sentence.IndexOf("above all threats", StringComparison.Ordinal)
                < sentence.IndexOf("Most of it comes from", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Explain_LevelDecidedByANodeBelowTheFloor_NamesWhatMakesItUpToo() =>
        Assert.Contains(
            "high or higher, by Violence (above all threats, killings; from one source alone).",
            Explained(("threats", 95), ("killings", 90)),
            StringComparison.Ordinal
        );

    [Fact]
    public void Explain_LevelThatTwoSourcesStandBehind_DoesNotSayOne()
    {
        var country = new CountryDriver(new FakeCatalogue().Put(Samples.Levelled()));
        country.Record(Samples.Observation("threats", 95, country.Now), Samples.Observation("killings", 90, country.Now, source: "second"));

        Assert.Contains("(above all threats, killings).", Sentence(country), StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_LevelDecidedByTheIndex_NamesNoNode() =>
        Assert.DoesNotContain(", by ", Explained(("threats", 30), ("killings", 20), ("courts", 0)), StringComparison.Ordinal);

    private static string Explained(params (string Indicator, double Value)[] values)
    {
        var country = new CountryDriver(new FakeCatalogue().Put(Samples.Levelled()));
        country.Record([.. values.Select(value => Samples.Observation(value.Indicator, value.Value, country.Now))]);
        return Sentence(country);
    }

    private static string Sentence(CountryDriver country) =>
        new RiskMessages(exercise: true).Explain(country.State, country.Framework, country.Now.UtcTicks, faulty: false).Sentence;
}
