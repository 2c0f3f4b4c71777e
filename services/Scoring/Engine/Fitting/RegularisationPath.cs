using System.Collections.Immutable;

namespace EarlyWarning.Scoring.Engine.Fitting;

/// <summary>One model a λ, from the strongest penalty to the weakest.</summary>
/// <param name="Models">The models; each one's diagnostics name its λ and whether it converged.</param>
public sealed record RegularisationPath(ImmutableArray<FittedModel> Models)
{
    /// <summary>Gets the λ of each model, falling.</summary>
    public ImmutableArray<double> Lambdas => [.. Models.Select(model => model.Diagnostics.Lambda)];
}
