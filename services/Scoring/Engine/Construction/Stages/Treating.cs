using EarlyWarning.Scoring.Engine.Construction.Transforms;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.Validation;

namespace EarlyWarning.Scoring.Engine.Construction.Stages;

/// <summary>Works a treatment out on a reference set and freezes it as a function of one value.</summary>
internal static class Treating
{
    /// <summary>Treats a column.</summary>
    /// <param name="treatment">The treatment; null for none.</param>
    /// <param name="column">The set's values, denominated and imputed.</param>
    /// <param name="path">Where the treatment is in the model.</param>
    /// <param name="errors">Takes what makes the treatment impossible on this set.</param>
    /// <returns>
    /// What was done. Where a test of the shape has no answer in the course of it (too few values, or all of them equal) nothing is done at
    /// all, as in COINr.
    /// </returns>
    public static TreatedColumn Treat(Treatment? treatment, SetColumn column, string path, ErrorList errors) =>
        treatment is not null && column.Count > 0 && Apply(treatment, column, path, errors) is { } treated
            ? treated
            : new(null, column, "none");

    private static TreatedColumn? Apply(Treatment treatment, SetColumn column, string path, ErrorList errors) =>
        treatment switch
        {
            Winsorisation winsorisation => Winsorising.Apply(winsorisation, column),
            LogTransform { Form: var form } => Logarithm(form, column, path, errors),
            BoxCox boxCox => Power(boxCox, column, path, errors),
            SkewDriven course => Follow(course, column, path, errors),
            _ => throw new ArgumentException($"There is no function for {treatment.GetType().Name}.", nameof(treatment)),
        };

    private static TreatedColumn? Follow(SkewDriven course, SetColumn column, string path, ErrorList errors)
    {
        if (Passes(course.Test, column) is not { } passes)
            return null;
        if (passes)
            return new(null, column, "none");
        var first = Apply(course.First, column, path, errors);
        if (first is null || Passes(course.Test, first.Column) is not { } nowPasses)
            return null;
        if (nowPasses || course.Second is null)
            return first;
        var second = Apply(course.Second, course.Combine ? first.Column : column, path, errors);
        if (second is null || Passes(course.Test, second.Column) is null)
            return null;
        return course.Combine ? second.After(first) : second;
    }

    /// <summary>Whether a column passes a test; null where it has no answer.</summary>
    public static bool? Passes(ShapeTest test, SetColumn column)
    {
        var (skewness, kurtosis) = (column.Skewness, column.Kurtosis);
        if (Math.Abs(skewness) < test.Skewness || kurtosis < test.Kurtosis)
            return true;
        return double.IsNaN(skewness) || double.IsNaN(kurtosis) ? null : false;
    }

    private static TreatedColumn? Logarithm(LogForm form, SetColumn column, string path, ErrorList errors)
    {
        var (least, greatest, range) = (column.Least, column.Greatest, column.Range);
        var skewness = form == LogForm.ShiftedBySkew ? column.Skewness : 0;
        if (range == 0 || double.IsNaN(skewness))
            return null;
        if (form == LogForm.InnovationIndex && greatest <= 1)
        {
            errors.Add(
                path,
                $"This form needs a reference set whose greatest value is above 1, and it is {ErrorList.Show(greatest)}: the order would "
                    + $"turn round.",
                "Use the shifted form."
            );
            return null;
        }

        LogarithmicTransform transform = form switch
        {
            LogForm.Shifted => new(least, 1, 0.01 * range),
            LogForm.ShiftedBySkew when skewness > 0 => new(least, 1, 0.01 * range),
            LogForm.ShiftedBySkew => new(greatest, -1, 0.01 * range),
            LogForm.ShiftedByOne => new(least, 1, 1),
            _ => new(least, (greatest - 1) / range, 1),
        };
        return new(
            transform,
            column.Through(transform),
            form == LogForm.ShiftedBySkew && skewness <= 0 ? "negative logarithm" : "logarithm"
        );
    }

    private static TreatedColumn? Power(BoxCox boxCox, SetColumn column, string path, ErrorList errors)
    {
        if (!boxCox.MakePositive && column.Least <= 0)
        {
            errors.Add(
                path,
                $"The transform needs values above 0, and the reference set goes down to {ErrorList.Show(column.Least)}.",
                "Let it make the values positive."
            );
            return null;
        }

        var transform = new PowerTransform(boxCox.MakePositive ? column.Least - 1 : 0, column.Least, boxCox.Lambda);
        return new(transform, column.Through(transform), "Box-Cox");
    }
}

/// <summary>A column after its treatment.</summary>
/// <param name="Transform">What was done to each value; null for nothing.</param>
/// <param name="Column">The treated values.</param>
/// <param name="Method">What was done, in words.</param>
/// <param name="HighPoints">How many values of the set were winsorised from above.</param>
/// <param name="LowPoints">How many were from below.</param>
internal sealed record TreatedColumn(Transform? Transform, SetColumn Column, string Method, int HighPoints = 0, int LowPoints = 0)
{
    /// <summary>Joins a treatment to the one before it.</summary>
    /// <param name="first">The one before.</param>
    /// <returns>Both in one.</returns>
    public TreatedColumn After(TreatedColumn first) =>
        Transform is null
            ? first
            : this with
            {
                Transform = ChainTransform.Of(first.Transform, Transform),
                Method = first.Transform is null ? Method : $"{first.Method}, then {Method}",
                HighPoints = first.HighPoints + HighPoints,
                LowPoints = first.LowPoints + LowPoints,
            };
}
