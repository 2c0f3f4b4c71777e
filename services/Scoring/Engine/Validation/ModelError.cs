namespace EarlyWarning.Scoring.Engine.Validation;

/// <summary>One thing that is wrong with a framework.</summary>
/// <param name="Path">Where: <c>root.children[0].children[2].weight</c>, <c>bands[1].lowerBound</c>, <c>predictors[3].default</c>.</param>
/// <param name="Reason">What is wrong, with the value found.</param>
/// <param name="Fix">What to write instead.</param>
public sealed record ModelError(string Path, string Reason, string Fix)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Path}: {Reason} {Fix}";
}
