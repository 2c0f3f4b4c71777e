namespace EarlyWarning.Scoring.Engine.Fitting;

/// <summary>How a model was fitted, and how well it fits what it was fitted on.</summary>
/// <param name="Alpha">The share of the penalty that is lasso: 0 is ridge, 1 is lasso.</param>
/// <param name="Lambda">The strength of the penalty; 0 is none.</param>
/// <param name="LogLikelihood">Σ weight · ln p(outcome), in nats, without the penalty.</param>
/// <param name="NullLogLikelihood">The same of the model that has an intercept alone.</param>
/// <param name="Iterations">The number of Newton steps.</param>
/// <param name="Converged">Whether the conditions of the optimum were met to the tolerance.</param>
public sealed record FitDiagnostics(
    double Alpha,
    double Lambda,
    double LogLikelihood,
    double NullLogLikelihood,
    int Iterations,
    bool Converged
) { }
