using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Contracts.Catalogue;

/// <summary>What the contract asks of a framework before the engine looks at its mathematics.</summary>
internal sealed class FrameworkRules
{
    private const int DeepestLevel = 32;

    private readonly List<CatalogueFault> _faults = [];
    private readonly Func<string, V1.Indicator?> _indicators;

    private FrameworkRules(Func<string, V1.Indicator?> indicators) => _indicators = indicators;

    public static IReadOnlyList<CatalogueFault> Check(V1.Framework definition, Func<string, V1.Indicator?> indicators)
    {
        var rules = new FrameworkRules(indicators);
        rules.CheckFramework(definition);
        return rules._faults;
    }

    private void CheckFramework(V1.Framework definition)
    {
        if (!ResourceForm.IsFrameworkId(FrameworkModels.IdOf(definition)))
        {
            Add("framework.name", $"'{definition.Name}' names no framework. Write frameworks/ and then 1 to 40 of a-z, 0-9 and hyphen.");
        }

        if (definition.DisplayName.Length is 0 or > 200)
        {
            Add("framework.display_name", "The display name must have 1 to 200 characters.");
        }

        for (var i = 0; i < definition.Bands.Count; i++)
        {
            if (!ResourceForm.IsCode(definition.Bands[i].Level))
            {
                Add($"framework.bands[{i}].level", $"'{definition.Bands[i].Level}' is no level. Use a-z, 0-9, dot, hyphen and underscore, a letter first.");
            }
        }

        switch (definition.ModelCase)
        {
            case V1.Framework.ModelOneofCase.Composite when definition.Composite.Root is { } root:
                if (root.Leaf is not null)
                {
                    Add("framework.composite.root.leaf", "The root cannot be a leaf. Put the indicator under it, in children.");
                }

                CheckNode(root, "framework.composite.root", 1);
                break;
            case V1.Framework.ModelOneofCase.Composite:
                Add("framework.composite.root", "There is no tree. Give a root with children.");
                break;
            case V1.Framework.ModelOneofCase.Logistic:
                CheckLogistic(definition.Logistic);
                break;
            default:
                Add("framework", "There is no calculation. Give either composite or logistic.");
                break;
        }
    }

    private void CheckNode(V1.Node node, string path, int level)
    {
        // A leaf may leave out its code: it goes by its indicator's.
        if (node.Leaf is null ? !ResourceForm.IsCode(node.Code) : node.Code.Length > 0 && node.Code != node.Leaf.Indicator)
        {
            Add($"{path}.code", node.Leaf is null
                ? $"'{node.Code}' is no code. Use 1 to 64 of a-z, 0-9, dot, hyphen and underscore, a letter first."
                : $"A leaf goes by its indicator's code, '{node.Leaf.Indicator}', and not by '{node.Code}'. Leave the code out.");
        }

        if (node.HasWeight && !(node.Weight > 0 && double.IsFinite(node.Weight)))
        {
            Add($"{path}.weight", "A weight must be above 0 and finite. Leave the element out if it is not to count.");
        }

        if (!System.Enum.IsDefined(node.Aggregation))
        {
            Add($"{path}.aggregation", $"{(int)node.Aggregation} is no aggregation. Use AGGREGATION_ARITHMETIC or AGGREGATION_GEOMETRIC.");
        }

        if (node.MissingData is { } missing && !System.Enum.IsDefined(missing.Treatment))
        {
            Add($"{path}.missing_data.treatment", $"{(int)missing.Treatment} is no treatment of missing data.");
        }

        if (node.Leaf is { } leaf)
        {
            CheckLeaf(node, leaf, path);
        }
        else if (level == DeepestLevel)
        {
            Add($"{path}.children", $"The tree is deeper than {DeepestLevel} levels. Merge levels.");
        }
        else
        {
            for (var i = 0; i < node.Children.Count; i++)
            {
                CheckNode(node.Children[i], $"{path}.children[{i}]", level + 1);
            }
        }
    }

    private void CheckLeaf(V1.Node node, V1.Leaf leaf, string path)
    {
        if (node.Children.Count > 0)
        {
            Add($"{path}.children", "A leaf has no children. Remove either the leaf or the children.");
        }

        if (leaf.Direction is not (V1.Direction.Increasing or V1.Direction.Decreasing))
        {
            Add($"{path}.leaf.direction", "Say whether more of it is more risk: DIRECTION_INCREASING or DIRECTION_DECREASING.");
        }

        CheckIndicator(leaf.Indicator, $"{path}.leaf.indicator");
        CheckDuration(leaf.Validity, $"{path}.leaf.validity");
        if (_indicators(leaf.Indicator) is { } indicator
            && ((indicator.HasMinimum && leaf.High <= indicator.Minimum) || (indicator.HasMaximum && leaf.Low >= indicator.Maximum)))
        {
            Add($"{path}.leaf.low", $"The goalposts {leaf.Low:R} and {leaf.High:R} lie outside the range of '{leaf.Indicator}', so every value would count the same. Move them into it.");
        }
    }

    private void CheckLogistic(V1.LogisticModel model)
    {
        var terms = model.Coefficients;
        var counting = terms.Count(term => term.Value != 0);
        var stated = terms.Count(term => term.Value != 0 && term.HasStatedValue);
        for (var i = 0; i < terms.Count; i++)
        {
            var path = $"framework.logistic.coefficients[{i}]";
            CheckIndicator(terms[i].Indicator, $"{path}.indicator");
            CheckDuration(terms[i].Validity, $"{path}.validity");
            if (terms[i].Value == 0)
            {
                continue;
            }

            if (stated > 0 && stated < counting && !terms[i].HasStatedValue)
            {
                Add($"{path}.stated_value", "Either every coefficient other than 0 has a stated value or none has. Give one, or leave out the others.");
            }
            else if (terms[i].HasStatedValue && _indicators(terms[i].Indicator) is { } indicator && !(indicator.HasMinimum && indicator.HasMaximum))
            {
                Add($"{path}.stated_value", $"A stated value widens the interval by the indicator's range, and '{terms[i].Indicator}' has none. Leave the stated value out, or use an indicator with minimum and maximum.");
            }
        }
    }

    private void CheckIndicator(string code, string path)
    {
        if (_indicators(code) is null)
        {
            Add(path, $"There is no indicator '{code}'. Create it first, or bring it along in indicators.", V1.ErrorReason.UnknownIndicator);
        }
    }

    private void CheckDuration(Duration? duration, string path)
    {
        if (duration is not null && !IsUsable(duration))
        {
            Add(path, "The validity must be above 0 and at most 3,650,000 days. Leave it out for no end.");
        }
    }

    private static bool IsUsable(Duration duration)
        => duration.Nanos is >= 0 and < 1_000_000_000
            && duration.Seconds is >= 0 and <= 3_650_000L * 86_400
            && (duration.Seconds > 0 || duration.Nanos > 0);

    private void Add(string field, string message, V1.ErrorReason reason = V1.ErrorReason.InvalidFramework) => _faults.Add(new(reason, field, message));
}
