using EarlyWarning.Catalogue.Rules;

namespace EarlyWarning.Catalogue.Tests.Rules;

public sealed class DefaultErrorRulesTests
{
    public static TheoryData<string, Action<V1.Indicator>> Faults =>
        new()
        {
            { "default_error.reason", i => i.DefaultError.Reason = "" },
            { "default_error", i => i.DefaultError.ClearForm() },
            { "default_error.normal.absolute", i => i.DefaultError.Normal = new() { Absolute = -1, Relative = 0.1 } },
            { "default_error.normal.relative", i => i.DefaultError.Normal = new() { Absolute = 1, Relative = double.NaN } },
            { "default_error.normal", i => i.DefaultError.Normal = new() { Absolute = 0 } },
            { "default_error.normal", i => i.DefaultError.Normal = new() },
            { "default_error.judgement.step", i => i.DefaultError.Judgement.Step = 0 },
            { "default_error.judgement.up", i => i.DefaultError.Judgement.ClearUp() },
            { "default_error.judgement.down", i => i.DefaultError.Judgement.Down = -0.05 },
            { "default_error.judgement", i => (i.DefaultError.Judgement.Up, i.DefaultError.Judgement.Down) = (0.6, 0.5) },
            { "default_error.judgement", i => (i.DefaultError.Judgement.Up, i.DefaultError.Judgement.Down) = (0, 0) },
            { "default_error.judgement", i => i.ClearMaximum() },
        };

    [Theory]
    [MemberData(nameof(Faults), DisableDiscoveryEnumeration = true)]
    public void Check_OneFault_NamesTheField(string field, Action<V1.Indicator> spoil)
    {
        var indicator = Judged();
        spoil(indicator);
        var faults = new List<CatalogueFault>();

        IndicatorRules.Check([indicator], _ => null, faults);

        Assert.Equal($"indicators[0].{field}", Assert.Single(faults).Field);
    }

    [Fact]
    public void Check_AnotherDefaultErrorForAKnownIndicator_IsRefusedAsAnotherDefinition()
    {
        var state = CatalogueState.Empty.Apply(
            new(1, DateTimeOffset.UnixEpoch, new V1.CreateIndicatorsRequest { Indicators = { Judged() } })
        );
        var other = Judged();
        other.DefaultError.Judgement.Up = 0.3;
        var faults = new List<CatalogueFault>();

        IndicatorRules.Check([other], state.Indicators.GetValueOrDefault, faults);

        var fault = Assert.Single(faults);
        Assert.Equal(V1.ErrorReason.IndicatorImmutable, fault.Reason);
        Assert.Contains("its default error", fault.Message, StringComparison.Ordinal);
    }

    private static V1.Indicator Judged() =>
        new()
        {
            Code = "judged",
            DisplayName = "Judged",
            Unit = "judgement 0..4",
            Minimum = 0,
            Maximum = 4,
            DefaultError = new()
            {
                Judgement = new() { Up = 0.1, Down = 0.1 },
                Reason = "Analysts differ by a step in one of five cases.",
            },
        };
}
