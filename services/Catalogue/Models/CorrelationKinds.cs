using EarlyWarning.Scoring.Engine.Models;

namespace EarlyWarning.Catalogue.Models;

/// <summary>Turns the contract's kinds of correlation into the engine's.</summary>
public static class CorrelationKinds
{
    /// <summary>Gets the engine's kind; Pearson's where none is named.</summary>
    public static CorrelationKind Of(V1.Correlation correlation) =>
        correlation switch
        {
            V1.Correlation.Spearman => CorrelationKind.Spearman,
            V1.Correlation.Kendall => CorrelationKind.Kendall,
            _ => CorrelationKind.Pearson,
        };
}
