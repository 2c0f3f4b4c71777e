using EarlyWarning.Catalogue.Tests.Infrastructure;
using EarlyWarning.Scoring.Engine.Models;

namespace EarlyWarning.Catalogue.Tests.Rules;

public sealed class RegressionRulesTests
{
    private const string Members = "framework.ensemble.members";

    public static TheoryData<string, string, Action<V1.LogisticModel>> LogisticFaults =>
        new()
        {
            {
                "framework.logistic.interactions[0].indicators[1]",
                "There is no indicator 'none'. Create it first",
                m => m.Interactions.Add(new V1.Interaction { Indicators = { "events", "none" } })
            },
            { "framework.logistic.calibration", "no method. Give platt or isotonic", m => m.Calibration = new() },
            {
                "framework.logistic.coefficients[1].stated_value",
                "in an interaction) has a stated value or none has. Give one",
                m =>
                {
                    m.Coefficients[0].StatedValue = 1;
                    m.Interactions.Add(new V1.Interaction { Indicators = { "events", "trust" }, Value = 1 });
                }
            },
            {
                "framework.logistic.coefficients[0].stated_value",
                "'open' has none. Leave the stated value out",
                m => (m.Coefficients[0].Indicator, m.Coefficients[0].StatedValue) = ("open", 1)
            },
        };

    public static TheoryData<string, string, Action<V1.EnsembleModel>> EnsembleFaults =>
        new()
        {
            { Members, "There are 51 members. Give at most 50.", m => m.Members.Add(Enumerable.Repeat(m.Members[0], 49)) },
            { $"{Members}[1].code", "'Second' is no code. Use", m => m.Members[1].Code = "Second" },
            { $"{Members}[0].weight", "above 0 and finite. Leave the element out", m => m.Members[0].Weight = 0 },
            { $"{Members}[1].model", "has no model. Give", m => m.Members[1].Model = null },
            {
                $"{Members}[1].model.coefficients[0].indicator",
                "There is no indicator 'none'",
                m => m.Members[1].Model.Coefficients[0].Indicator = "none"
            },
            {
                $"{Members}[1].model.coefficients[0].validity",
                "above 0 and at most 3,650,000 days",
                m => m.Members[1].Model.Coefficients[0].Validity = new()
            },
            {
                $"{Members}[1].model.coefficients[0].stated_value",
                "has a stated value or none has. Give one",
                m => m.Members[0].Model.Coefficients[0].StatedValue = 1
            },
            { $"{Members}[0].model.calibration", "no method. Give", m => m.Members[0].Model.Calibration = new() },
            { "framework.ensemble.calibration", "no method. Give", m => m.Calibration = new() },
        };

    [Theory]
    [MemberData(nameof(LogisticFaults), DisableDiscoveryEnumeration = true)]
    public void TryGetModel_FaultInALogisticModel_SaysWhereWhatAndHow(string field, string message, Action<V1.LogisticModel> spoil) =>
        FrameworkFaults.AssertOne(Sample.Logistic(), field, message, definition => spoil(definition.Logistic));

    [Theory]
    [MemberData(nameof(EnsembleFaults), DisableDiscoveryEnumeration = true)]
    public void TryGetModel_FaultInAnEnsemble_SaysWhereWhatAndHow(string field, string message, Action<V1.EnsembleModel> spoil) =>
        FrameworkFaults.AssertOne(Sample.Ensemble(), field, message, definition => spoil(definition.Ensemble));

    [Fact]
    public void TryGetModel_StatedValuesInEveryMember_HoldDefaults()
    {
        var definition = Sample.Ensemble();
        (
            definition.Ensemble.Members[0].Model.Coefficients[0].StatedValue,
            definition.Ensemble.Members[1].Model.Coefficients[0].StatedValue
        ) = (1, 0.5);

        Assert.True(FrameworkModels.TryGetModel(definition, 1, FrameworkFaults.Find, out var model, out _));

        Assert.IsType<HoldDefaults>(((EnsembleFramework)model).Missing);
    }

    [Fact]
    public void ToDefinition_Logistic_IsTheOneItWasMadeFrom()
    {
        var definition = Sample.Logistic();
        definition.Logistic.Coefficients[0].StatedValue = 3;
        definition.Logistic.Coefficients[1].Validity = new() { Seconds = 86_400 };
        definition.Logistic.Interactions.Add(new V1.Interaction { Indicators = { "events", "events" }, Value = 0.1 });
        definition.Logistic.Calibration = new()
        {
            Isotonic = new()
            {
                Points =
                {
                    new V1.CalibrationPoint { Probability = 0.1, Frequency = 0.2 },
                },
            },
        };

        Assert.Equal(definition, FrameworkModels.ToDefinition(ModelOf<LogisticFramework>(definition), "Model"));
    }

    [Fact]
    public void ToDefinition_Ensemble_IsTheOneItWasMadeFrom()
    {
        var definition = Sample.Ensemble();
        definition.Ensemble.Members[0].Weight = 1;
        definition.Ensemble.Members[0].Model.Calibration = new()
        {
            Platt = new() { Slope = 2, Intercept = -1 },
        };
        definition.Ensemble.Calibration = new() { Platt = new() { Slope = 0.5 } };

        Assert.Equal(definition, FrameworkModels.ToDefinition(ModelOf<EnsembleFramework>(definition), "Ensemble"));
    }

    [Fact]
    public void ToDefinition_DefaultsOfAModelThatRefusesGaps_AreNoStatedValues()
    {
        var model = ModelOf<LogisticFramework>(Sample.Logistic());

        var definition = FrameworkModels.ToDefinition(
            model with
            {
                Predictors = [.. model.Predictors.Select(predictor => predictor with { Default = 1 })],
            },
            "Model"
        );

        Assert.Equal(Sample.Logistic(), definition);
        Assert.IsType<RefuseIncomplete>(ModelOf<LogisticFramework>(definition).Missing);
    }

    private static T ModelOf<T>(V1.Framework definition)
    {
        Assert.True(
            FrameworkModels.TryGetModel(definition, 1, FrameworkFaults.Find, out var model, out var faults),
            string.Join('\n', faults)
        );
        return Assert.IsType<T>(model);
    }
}
