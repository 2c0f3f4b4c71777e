using EarlyWarning.Catalogue.Rules;
using EarlyWarning.Catalogue.Tests.Infrastructure;

namespace EarlyWarning.Catalogue.Tests.Rules;

public sealed class AnchorRulesTests
{
    public static TheoryData<string, Action<V1.Indicator>> Faults =>
        new()
        {
            { "anchors", i => Keep(i, 1) },
            { "anchors[1].meaning", i => i.Anchors[1].Meaning = "" },
            { "anchors[1].meaning", i => i.Anchors[1].Meaning = new('x', 1_001) },
            { "anchors[0].value", i => i.Anchors[0].ClearValue() },
            { "anchors[2].value", i => i.Anchors[2].Value = double.NaN },
            { "anchors[2].value", i => i.Anchors[2].Value = 5 },
            { "anchors[2].value", i => i.Anchors[2].Value = 2 },
        };

    [Theory]
    [MemberData(nameof(Faults), DisableDiscoveryEnumeration = true)]
    public void Check_OneFault_NamesTheField(string field, Action<V1.Indicator> spoil)
    {
        var indicator = Sample.Judged();
        spoil(indicator);
        var faults = new List<CatalogueFault>();

        IndicatorRules.Check([indicator], _ => null, faults);

        Assert.Equal($"indicators[0].{field}", Assert.Single(faults).Field);
    }

    [Fact]
    public void Check_OtherAnchorsForAKnownIndicator_IsRefusedAsAnotherDefinition()
    {
        var state = CatalogueState.Empty.Apply(
            new(1, DateTimeOffset.UnixEpoch, new V1.CreateIndicatorsRequest { Indicators = { Sample.Judged() } })
        );
        var other = Sample.Judged();
        other.Anchors[2].Meaning = "Everywhere.";
        var faults = new List<CatalogueFault>();

        IndicatorRules.Check([other], state.Indicators.GetValueOrDefault, faults);

        Assert.Contains("its anchors", Assert.Single(faults).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(2.5, false)]
    [InlineData(3, false)]
    public void Take_Anchors_LetsInTheirValuesAlone(double value, bool taken) =>
        Assert.Equal(taken, AnchorRules.Take(Sample.Judged(), value));

    [Fact]
    public void Take_NoAnchors_LetsInEverything() => Assert.True(AnchorRules.Take(new(), 2.5));

    [Fact]
    public void Refusal_BetweenTwoAnchors_SaysWhatBothMean() =>
        Assert.Equal(
            "3.5 is no value of 'judged', which is judged in steps. The nearest are 2 (Some.) and 4 (Much.).",
            AnchorRules.Refusal(Sample.Judged(), 3.5)
        );

    private static void Keep(V1.Indicator indicator, int count)
    {
        while (indicator.Anchors.Count > count)
        {
            indicator.Anchors.RemoveAt(count);
        }
    }
}
