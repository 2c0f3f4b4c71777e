using EarlyWarning.Scoring.Engine.Construction.Imputing;
using EarlyWarning.Scoring.Engine.Construction.Stages;
using EarlyWarning.Scoring.Engine.Construction.Transforms;

namespace EarlyWarning.Scoring.Engine.Construction;

/// <content>The leaves, after denominators.</content>
internal sealed partial class SetConstruction
{
    private void Impute()
    {
        Imputer = Fillers.Learn(Outline, Denominated, Units, _errors);
        var columns = Array.ConvertAll(Denominated, column => column.Values);
        for (var leaf = 0; leaf < LeafCount; leaf++)
        {
            if (!ReferenceNeeds.IsBetweenTimes(Outline.Leaves[leaf].Leaf.Imputation))
                continue;
            columns[leaf] = (double[])columns[leaf].Clone();
            PanelFilling.Fill(Outline.Leaves[leaf].Leaf.Imputation!, columns[leaf], Units);
        }

        if (Imputer is not null)
            FillRows(columns);
        for (var leaf = 0; leaf < LeafCount; leaf++)
            Imputed[leaf] = ReferenceEquals(columns[leaf], Denominated[leaf].Values) ? Denominated[leaf] : new SetColumn(columns[leaf]);
    }

    private void FillRows(double[][] columns)
    {
        var (row, errors) = (new double[LeafCount], new double[LeafCount]);
        for (var unit = 0; unit < Units.Length; unit++)
        {
            for (var leaf = 0; leaf < LeafCount; leaf++)
                row[leaf] = Denominated[leaf].Values[unit];
            Imputer!.Fill(row, errors, Units[unit].Groups);
            for (var leaf = 0; leaf < LeafCount; leaf++)
            {
                if (double.IsNaN(row[leaf]) || !double.IsNaN(columns[leaf][unit]))
                    continue;
                if (ReferenceEquals(columns[leaf], Denominated[leaf].Values))
                    columns[leaf] = (double[])columns[leaf].Clone();
                columns[leaf][unit] = row[leaf];
            }
        }
    }

    private void Normalise()
    {
        for (var leaf = 0; leaf < LeafCount; leaf++)
        {
            var outlined = Outline.Leaves[leaf];
            var treated = Treating.Treat(outlined.Leaf.Treatment, Imputed[leaf], $"{outlined.Path}.treatment", _errors);
            Treated[leaf] = treated;
            var normalising = new Normalising(outlined.Lowers, _model.ScaleFloor, _model.Ceiling);
            var transform = normalising.On(
                outlined.Leaf.Normalisation,
                treated.Column,
                unit => TreatedValueOf(unit, treated),
                $"{outlined.Path}.normalisation",
                _errors
            );
            if (transform is null)
                continue;
            Normalised[leaf] = treated.Column.Through(transform);
            Transforms[leaf] = _positiveMeans.Hold(leaf, ChainTransform.Of(treated.Transform, transform), Imputed[leaf]);
        }
    }

    private double TreatedValueOf(string unit, TreatedColumn treated)
    {
        var row = Array.BinarySearch(Rows, _set.RowOf(unit));
        return row < 0 ? double.NaN : treated.Column.Values[row];
    }
}
