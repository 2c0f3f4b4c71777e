using EarlyWarning.Scoring.Engine.Fitting.Tables;

namespace EarlyWarning.Scoring.Engine.Fitting;

/// <summary>What probabilities must keep to before a calibration is fitted on them.</summary>
internal static class HeldOutRules
{
    public static void Check(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> outcomes)
    {
        if (probabilities.Length != outcomes.Length || probabilities.IsEmpty)
            throw new FittingException(
                "probabilities",
                $"There are {probabilities.Length} probabilities and {outcomes.Length} outcomes.",
                "Give one of each for every case, and at least one case."
            );
        for (var i = 0; i < probabilities.Length; i++)
            if (probabilities[i] is not (>= 0 and <= 1))
                throw new FittingException($"probabilities[{i}]", "The value is not from 0 to 1.", "Give the model's probability.");
    }
}
