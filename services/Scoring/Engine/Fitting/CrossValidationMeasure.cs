namespace EarlyWarning.Scoring.Engine.Fitting;

/// <summary>What cross-validation chooses a penalty by, measured on the fold that was held out.</summary>
public enum CrossValidationMeasure
{
    /// <summary>Mean binomial deviance, −2 ln p(outcome); less is better.</summary>
    Deviance,

    /// <summary>Area under the receiver operating characteristic; more is better. Folds that hold one outcome alone do not count.</summary>
    AreaUnderRoc,
}
