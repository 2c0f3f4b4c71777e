using EarlyWarning.Catalogue.Rules;

namespace EarlyWarning.Catalogue.Tests.Infrastructure;

/// <summary>What is wrong with a definition beside the sample's indicators.</summary>
internal static class FrameworkFaults
{
    private static readonly Dictionary<string, V1.Indicator> s_indicators = Sample.Indicators().ToDictionary(indicator => indicator.Code);

    public static V1.Indicator? Find(string code) => s_indicators.GetValueOrDefault(code);

    /// <summary>What the contract refuses, without a look by the engine.</summary>
    public static IReadOnlyList<CatalogueFault> Of(V1.Framework definition)
    {
        Assert.Equal(FrameworkModels.TryGetModel(definition, 1, Find, out var model, out var faults), model is not null);
        return faults;
    }

    /// <summary>Holds that a sound definition has exactly one fault once it is spoilt.</summary>
    public static void AssertOne(V1.Framework definition, string field, string message, Action<V1.Framework> spoil)
    {
        Assert.Empty(Of(definition));
        spoil(definition);

        var fault = Assert.Single(Of(definition));

        Assert.Equal(field, fault.Field);
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }
}
