using EarlyWarning.Scoring.Engine.Models;

namespace EarlyWarning.Scoring.Engine.Compilation;

/// <summary>One indicator of a compiled framework.</summary>
/// <param name="Index">Its number, from 0, in the order of the model.</param>
/// <param name="Indicator">The indicator's code.</param>
/// <param name="Node">
/// The number of the node that it stands under; the first of several in an ensemble; the root for an indicator that only divides others.
/// </param>
/// <param name="EffectiveWeight">
/// Its share of the whole weight: the product of the normalised weights on its way to the root; 0 for an indicator that only divides
/// others.
/// </param>
/// <param name="Validity">How long an observation counts after its observed time; null for ever.</param>
public sealed record LeafInfo(int Index, string Indicator, int Node, double EffectiveWeight, TimeSpan? Validity)
{
    /// <summary>Gets how far a value lies from the truth where its observation does not say; null where that is not known.</summary>
    public ValueError? DefaultError { get; init; }

    /// <summary>Gets where true values of the indicator lie; null where that is not known.</summary>
    public ValueRange? ValidRange { get; init; }
}
