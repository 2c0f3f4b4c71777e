namespace EarlyWarning.Catalogue.Files;

/// <summary>Reads a leaf: an indicator, and how its values enter the tree.</summary>
internal sealed class LeafReader(IndicatorReader indicators)
{
    /// <summary>Reads the leaf's keys, which stand in the mapping of its node.</summary>
    public V1.Leaf Read(YamlMap map, string field)
    {
        var leaf = new V1.Leaf
        {
            Indicator = indicators.Read(map, "indicator"),
            Direction = ReadDirection(map, $"{field}.direction"),
            Reason = map.Text("reason", $"{field}.reason") ?? "",
            Validity = map.Duration("validity", $"{field}.validity"),
            Denominator = ReadDenominator(map, $"{field}.denominator"),
            Imputation = ReadImputation(map, $"{field}.imputation"),
            Treatment = TreatmentReader.Read(map, "treatment", $"{field}.treatment"),
            Normalisation = NormalisationReader.Read(map, $"{field}.normalisation"),
        };
        ReadGoalposts(map, field, leaf);
        return leaf;
    }

    private static V1.Direction ReadDirection(YamlMap map, string field)
    {
        map.Required("direction");
        return map.Word(
            "direction",
            field,
            "direction of risk",
            V1.Direction.Unspecified,
            ("increasing", V1.Direction.Increasing),
            ("decreasing", V1.Direction.Decreasing)
        );
    }

    // Other methods do not look at them.
    private static void ReadGoalposts(YamlMap map, string field, V1.Leaf leaf)
    {
        var needed = leaf.Normalisation is null or { MethodCase: V1.Normalisation.MethodOneofCase.Goalposts };
        leaf.Low = (needed ? map.RequiredNumber("low", $"{field}.low") : map.Number("low", $"{field}.low")) ?? 0;
        leaf.High = (needed ? map.RequiredNumber("high", $"{field}.high") : map.Number("high", $"{field}.high")) ?? 0;
    }

    private V1.Denominator? ReadDenominator(YamlMap map, string field)
    {
        if (map.Method("denominator", field, "indicator") is not { } given)
        {
            return null;
        }

        var denominator = new V1.Denominator
        {
            Indicator = indicators.Read(given, "indicator"),
            Validity = given.Duration("validity", $"{field}.validity"),
        };
        if (given.Number("scale", $"{field}.scale") is { } scale)
        {
            denominator.Scale = scale;
        }

        given.Done();
        return denominator;
    }

    private static V1.Imputation? ReadImputation(YamlMap map, string field)
    {
        if (map.Method("imputation", field) is not { } given)
        {
            return null;
        }

        var imputation = new V1.Imputation();
        switch (given.Required("method"))
        {
            case "central":
                imputation.Central = new()
                {
                    Statistic = ReadStatistic(given, $"{field}.central.statistic"),
                    Group = given.Text("group", $"{field}.central.group") ?? "",
                };
                break;
            case "sibling":
                imputation.Sibling = new() { Statistic = ReadStatistic(given, $"{field}.sibling.statistic") };
                break;
            case "linear":
                imputation.Linear = new() { InsideOnly = given.Flag("inside-only", $"{field}.linear.inside_only") };
                break;
            case "expectation-maximisation":
                imputation.ExpectationMaximisation = new()
                {
                    Within = given.Text("within", $"{field}.expectation_maximisation.within") ?? "",
                };
                break;
            case "carried-forward":
                imputation.CarriedForward = new() { HoldFirst = given.Flag("hold-first", $"{field}.carried_forward.hold_first") };
                if (given.Whole("maximum-times", $"{field}.carried_forward.maximum_times") is { } times)
                {
                    imputation.CarriedForward.MaximumTimes = times;
                }

                break;
            case { Length: > 0 } other:
                given.Fault(
                    "method",
                    $"'{other}' is no imputation. Write central, sibling, linear, carried-forward or expectation-maximisation."
                );
                return imputation;
        }

        given.Done();
        return imputation;
    }

    private static V1.CentralStatistic ReadStatistic(YamlMap map, string field) =>
        map.Word(
            "statistic",
            field,
            "middle of a distribution",
            V1.CentralStatistic.Unspecified,
            ("mean", V1.CentralStatistic.Mean),
            ("median", V1.CentralStatistic.Median)
        );
}
