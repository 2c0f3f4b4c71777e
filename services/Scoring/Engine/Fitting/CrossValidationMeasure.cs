namespace EarlyWarning.Scoring.Engine.Fitting;

/// <summary>What cross-validation chooses a penalty by, measured on the fold that was held out.</summary>
public enum CrossValidationMeasure
{
    /// <summary>Mean binomial deviance, −2 ln p(outcome), with p held 1e-5 from 0 and 1; less is better.</summary>
    Deviance,

    /// <summary>Area under the receiver operating characteristic; more is better. Folds that hold one outcome alone do not count.</summary>
    AreaUnderRoc,
}
