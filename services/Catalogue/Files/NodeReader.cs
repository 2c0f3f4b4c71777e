namespace EarlyWarning.Catalogue.Files;

/// <summary>Reads how the children of a node become one score: aggregation, weighting, and what is done about missing ones.</summary>
internal static class NodeReader
{
    private static readonly string[] s_treatments = ["reweight-from", "stated-value", "require-all"];

    /// <summary>Reads the methods of a node into it.</summary>
    public static void Read(YamlMap map, string field, V1.Node node)
    {
        ReadAggregation(map, field, node);
        node.Weighting = ReadWeighting(map, $"{field}.weighting");
        node.MissingData = ReadMissing(map, $"{field}.missing_data");
    }

    private static void ReadAggregation(YamlMap map, string field, V1.Node node)
    {
        node.Aggregation = V1.Aggregation.Arithmetic;
        if (map.Method("aggregation", $"{field}.aggregation") is not { } given)
        {
            return;
        }

        given.Required("method");
        node.Aggregation = given.Word(
            "method",
            "",
            "aggregation",
            V1.Aggregation.Arithmetic,
            ("arithmetic", V1.Aggregation.Arithmetic),
            ("geometric", V1.Aggregation.Geometric),
            ("harmonic", V1.Aggregation.Harmonic),
            ("generalised", V1.Aggregation.Generalised),
            ("median", V1.Aggregation.Median),
            ("minimum", V1.Aggregation.Minimum),
            ("maximum", V1.Aggregation.Maximum),
            ("copeland", V1.Aggregation.Copeland)
        );
        switch (node.Aggregation)
        {
            case V1.Aggregation.Generalised:
                node.Exponent = given.RequiredNumber("exponent", $"{field}.exponent");
                break;
            case V1.Aggregation.Copeland:
                node.OwnScale = given.Flag("own-scale", $"{field}.own_scale");
                break;
        }

        given.Done();
    }

    private static V1.Weighting? ReadWeighting(YamlMap map, string field)
    {
        if (map.Method("weighting", field) is not { } given)
        {
            return null;
        }

        given.Required("method");
        var weighting = new V1.Weighting
        {
            Method = given.Word(
                "method",
                $"{field}.method",
                "method of weighting",
                V1.WeightingMethod.Unspecified,
                ("given", V1.WeightingMethod.Given),
                ("equal", V1.WeightingMethod.Equal),
                ("principal-component", V1.WeightingMethod.PrincipalComponent),
                ("correlation", V1.WeightingMethod.Correlation)
            ),
        };
        if (weighting.Method == V1.WeightingMethod.Correlation)
        {
            ReadCorrelation(given, field, weighting);
        }

        given.Done();
        return weighting;
    }

    private static void ReadCorrelation(YamlMap given, string field, V1.Weighting weighting)
    {
        weighting.Influences.AddRange(given.Numbers("influences", $"{field}.influences"));
        weighting.Correlation = given.Word(
            "correlation",
            $"{field}.correlation",
            "kind of correlation",
            V1.Correlation.Unspecified,
            ("pearson", V1.Correlation.Pearson),
            ("spearman", V1.Correlation.Spearman),
            ("kendall", V1.Correlation.Kendall)
        );
        if (given.Number("tolerance", $"{field}.tolerance") is { } tolerance)
        {
            weighting.Tolerance = tolerance;
        }

        if (given.Whole("maximum-evaluations", $"{field}.maximum_evaluations") is { } evaluations)
        {
            weighting.MaximumEvaluations = evaluations;
        }
    }

    private static V1.MissingDataPolicy? ReadMissing(YamlMap map, string field)
    {
        if (map.Map("missing", field) is not { } missing)
        {
            return null;
        }

        var policy = new V1.MissingDataPolicy { Treatment = V1.MissingDataTreatment.Reweight };
        if (missing.Number("reweight-from", $"{field}.minimum_coverage") is { } coverage)
        {
            policy.MinimumCoverage = coverage;
        }

        if (missing.Number("present", $"{field}.minimum_presence") is { } presence)
        {
            policy.MinimumPresence = presence;
        }

        ReadStated(missing, field, policy);
        if (missing.Flag("require-all"))
        {
            policy.Treatment = V1.MissingDataTreatment.RequireAll;
        }

        if (s_treatments.Count(missing.Has) > 1)
        {
            missing.Fault("", "Choose one of reweight-from, stated-value and require-all.");
        }
        else if (missing.Has("present") && policy.Treatment != V1.MissingDataTreatment.Reweight)
        {
            missing.Fault(
                "present",
                "A least share of children goes with re-weighting. Leave out either 'present' or the other treatment."
            );
        }

        missing.Done();
        return policy;
    }

    private static void ReadStated(YamlMap missing, string field, V1.MissingDataPolicy policy)
    {
        if (missing.Number("stated-value", $"{field}.stated_value") is { } value)
        {
            policy.Treatment = V1.MissingDataTreatment.StatedValue;
            policy.StatedValue = value;
        }

        if (missing.Number("spread", $"{field}.stated_spread") is { } spread)
        {
            policy.StatedSpread = spread;
            if (!policy.HasStatedValue)
            {
                missing.Fault("spread", "A spread is that of a stated value. Give 'stated-value' beside it, or leave it out.");
            }
        }
    }
}
