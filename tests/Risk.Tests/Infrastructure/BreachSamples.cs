using EarlyWarning.Risk.Explaining;

namespace EarlyWarning.Risk.Tests.Infrastructure;

/// <summary>Breaches to say in words.</summary>
internal static class BreachSamples
{
    public static readonly Quantity Genocide = new("Signs specific to genocide", Scale.Hundred);

    public static V1.Breach Breach(double value) =>
        new()
        {
            CountryName = "Xabria",
            TargetValue = value,
            Level = "high",
            Coverage = 0.81,
            Threshold = new()
            {
                DisplayName = "Signs specific to genocide are strong",
                Condition = V1.Condition.Above,
                Value = 60,
            },
        };

    public static V1.Movement Moved(string name, double from, double to, double amount) =>
        new()
        {
            DisplayName = name,
            ValueBefore = from,
            ValueAfter = to,
            Amount = amount,
        };
}
