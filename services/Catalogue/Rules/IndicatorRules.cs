namespace EarlyWarning.Catalogue.Rules;

/// <summary>What an indicator must keep to.</summary>
public static class IndicatorRules
{
    internal const int LongestText = 4_000;

    /// <summary>Adds what is wrong with indicators that are to be created, among themselves and beside those that exist.</summary>
    /// <param name="indicators">Those that are to be created.</param>
    /// <param name="existing">Finds one that exists by its code; <see langword="null"/> where there is none.</param>
    /// <param name="faults">Where it is added.</param>
    /// <returns>Those that do not exist yet, without repetitions.</returns>
    public static List<V1.Indicator> Check(
        IReadOnlyList<V1.Indicator> indicators,
        Func<string, V1.Indicator?> existing,
        List<CatalogueFault> faults
    )
    {
        if (indicators.Count > 1_000)
        {
            faults.Add(
                new(V1.ErrorReason.InvalidField, "indicators", $"There are {indicators.Count} indicators. Send at most 1,000 at once.")
            );
            return [];
        }

        var added = new Dictionary<string, V1.Indicator>(StringComparer.Ordinal);
        for (var i = 0; i < indicators.Count; i++)
        {
            var plain = Plain(indicators[i]);
            CheckOne(plain, $"indicators[{i}]", faults);
            var known = existing(plain.Code) ?? added.GetValueOrDefault(plain.Code);
            if (known is null)
            {
                added.Add(plain.Code, plain);
            }
            else if (!Plain(known).Equals(plain))
            {
                faults.Add(
                    new(
                        V1.ErrorReason.IndicatorImmutable,
                        $"indicators[{i}].code",
                        $"The indicator '{plain.Code}' has another definition already ({DifferenceOf(Plain(known), plain)}). Use a new "
                            + $"code."
                    )
                    {
                        Resource = $"indicators/{plain.Code}",
                    }
                );
            }
        }

        return [.. added.Values];
    }

    /// <summary>The indicator without what the suite sets.</summary>
    public static V1.Indicator Plain(V1.Indicator indicator)
    {
        var plain = indicator.Clone();
        plain.CreateTime = null;
        return plain;
    }

    private static void CheckOne(V1.Indicator indicator, string path, List<CatalogueFault> faults)
    {
        void Add(string field, string message) => faults.Add(new(V1.ErrorReason.InvalidField, $"{path}.{field}", message));

        if (!ResourceForm.IsCode(indicator.Code))
        {
            Add("code", $"'{indicator.Code}' is no code. Use 1 to 64 of a-z, 0-9, dot, hyphen and underscore, a letter first.");
        }

        if (indicator.DisplayName.Length is 0 or > 200)
        {
            Add("display_name", "The display name must have 1 to 200 characters.");
        }

        if (indicator.Unit.Length is 0 or > 100)
        {
            Add("unit", "The unit must have 1 to 100 characters, such as 'events per month'.");
        }

        if (indicator.Definition.Length > LongestText || indicator.Evidence.Length > LongestText)
        {
            Add(
                indicator.Definition.Length > LongestText ? "definition" : "evidence",
                $"The text must have at most {LongestText} characters."
            );
        }

        if ((indicator.HasMinimum && !double.IsFinite(indicator.Minimum)) || (indicator.HasMaximum && !double.IsFinite(indicator.Maximum)))
        {
            Add(double.IsFinite(indicator.Minimum) ? "maximum" : "minimum", "A limit must be finite. Leave it out where there is none.");
        }
        else if (indicator.HasMinimum && indicator.HasMaximum && indicator.Minimum >= indicator.Maximum)
        {
            Add("maximum", $"The highest value {indicator.Maximum:R} is not above the lowest, {indicator.Minimum:R}.");
        }

        AnchorRules.Check(indicator, Add);
        if (indicator.DefaultError is { } error)
        {
            DefaultErrorRules.Check(indicator, error, Add);
        }
    }

    private static string DifferenceOf(V1.Indicator known, V1.Indicator given) =>
        known.Unit != given.Unit ? $"unit '{known.Unit}'"
        : known.HasMinimum != given.HasMinimum || known.Minimum != given.Minimum
            ? $"minimum {(known.HasMinimum ? known.Minimum.ToString("R", null) : "none")}"
        : known.HasMaximum != given.HasMaximum || known.Maximum != given.Maximum
            ? $"maximum {(known.HasMaximum ? known.Maximum.ToString("R", null) : "none")}"
        : !Equals(known.DefaultError, given.DefaultError) ? "its default error"
        : !known.Anchors.Equals(given.Anchors) ? "its anchors"
        : "its name or one of its texts";
}
