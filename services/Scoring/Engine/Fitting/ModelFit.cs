using System.Collections.Immutable;
using EarlyWarning.Scoring.Engine.Fitting.Solving;
using EarlyWarning.Scoring.Engine.Models;

namespace EarlyWarning.Scoring.Engine.Fitting;

/// <summary>Fits a model by a recipe: chooses α and λ, fits one model or several, and calibrates, each on the table alone.</summary>
public static class ModelFit
{
    /// <summary>Fits it.</summary>
    /// <param name="table">The cases.</param>
    /// <param name="design">The terms.</param>
    /// <param name="recipe">The recipe.</param>
    /// <param name="cancellationToken">Stops the work between two steps.</param>
    /// <returns>The model and what it was chosen by.</returns>
    /// <exception cref="LeakedColumnException">A term uses an outcome or what tells of one to come.</exception>
    /// <exception cref="FittingException">The recipe is wrong, or the data do not allow what it asks for.</exception>
    public static RecipeResult Run(TrainingTable table, FeatureDesign design, ModelRecipe recipe, CancellationToken cancellationToken = default)
    {
        if (recipe.Alphas.IsDefaultOrEmpty) throw new FittingException("alphas", "There is none.", "Give at least one.");
        if (recipe.Members < 1) throw new FittingException("members", "It is below 1.", "Ask for one model or more.");
        var needsFolds = recipe.Lambda is null || recipe.Calibration != CalibrationMethod.None;
        var folds = needsFolds ? Folds(table, recipe) : null;
        var chosen = recipe.Lambda is null ? Choose(table, design, recipe, folds!, cancellationToken) : null;
        var point = chosen is null ? 0 : recipe.OneStandardError ? chosen.OneStandardError : chosen.Best;
        var alpha = chosen?.Path.Models[point].Diagnostics.Alpha ?? recipe.Alphas[0];
        var lambda = recipe.Lambda ?? chosen!.Points[point].Lambda;
        var options = recipe.Net with { Alpha = alpha };
        ImmutableArray<EnsemblePlan> plans = recipe.Members == 1
            ? [new EnsemblePlan(design, lambda, options)]
            : EnsemblePlan.Bootstraps(design, lambda, options, recipe.Members, recipe.Seed, groups: true);
        var ensemble = chosen is not null && recipe.Members == 1
            ? new FittedEnsemble { Members = [new FittedMember(chosen.Path.Models[point], 1)] }
            : EnsembleFit.Equal(table, plans, cancellationToken);
        var heldOut = recipe.Members == 1 && chosen is not null
            ? recipe.OneStandardError ? chosen.OneStandardErrorHeldOut : chosen.BestHeldOut
            : recipe.Calibration != CalibrationMethod.None ? Mean(EnsembleFit.HeldOut(table, plans, folds!, cancellationToken)) : default;
        return new RecipeResult
        {
            Ensemble = ensemble with { Calibration = Calibrate(recipe.Calibration, heldOut, table) },
            Alpha = alpha,
            Lambda = lambda,
            CrossValidation = chosen,
            HeldOut = heldOut,
        };
    }

    private static CrossValidationResult Choose(
        TrainingTable table,
        FeatureDesign design,
        ModelRecipe recipe,
        FoldAssignment folds,
        CancellationToken cancellationToken) => recipe.Alphas
            .Select(alpha => CrossValidation.Run(table, design, recipe.Net with { Alpha = alpha }, folds, recipe.Measure, cancellationToken))
            .MinBy(result => (recipe.Measure == CrossValidationMeasure.AreaUnderRoc ? -1 : 1) * result.Points[result.Best].Mean)!;

    private static FoldAssignment Folds(TrainingTable table, ModelRecipe recipe) => recipe.FoldsBy switch
    {
        FoldKey.Group => FoldAssignment.ByGroup(table, recipe.Folds, recipe.Seed),
        FoldKey.Period => FoldAssignment.ByPeriod(table, recipe.Folds, recipe.Seed),
        _ => FoldAssignment.ByRow(table, recipe.Folds, recipe.Seed),
    };

    private static ImmutableArray<double> Mean(double[][] members)
    {
        var mean = new double[members[0].Length];
        foreach (var member in members) Dense.AddScaled(mean, 1.0 / members.Length, member);

        // The mean of values at 1 may round past it.
        for (var row = 0; row < mean.Length; row++) mean[row] = Math.Min(mean[row], 1);
        return [.. mean];
    }

    private static Calibration? Calibrate(CalibrationMethod method, ImmutableArray<double> heldOut, TrainingTable table) => method switch
    {
        CalibrationMethod.Platt => PlattScaling.Fit(heldOut.AsSpan(), table.Outcomes),
        CalibrationMethod.Isotonic => IsotonicFit.Fit(heldOut.AsSpan(), table.Outcomes),
        _ => null,
    };
}
