namespace EarlyWarning.Scoring.Engine.Fitting;

/// <summary>Which rows cross-validation holds out together.</summary>
public enum FoldKey
{
    /// <summary>Those of a group, as a rule a country, so that a model is never tested on one that it knows.</summary>
    Group,

    /// <summary>Those of a period, as a rule a year, so that a model is never tested on one that it knows.</summary>
    Period,

    /// <summary>Each by itself.</summary>
    Row,
}
