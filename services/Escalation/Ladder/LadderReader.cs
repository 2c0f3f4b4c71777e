using EarlyWarning.Catalogue.Files;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace EarlyWarning.Escalation.Ladder;

/// <summary>Reads a ladder from YAML and reports all of its faults together.</summary>
internal sealed class LadderReader
{
    private static readonly Dictionary<string, V1.Role> s_roles = new(StringComparer.Ordinal)
    {
        ["operator"] = V1.Role.Operator,
        ["focal_point"] = V1.Role.FocalPoint,
        ["competent_authority"] = V1.Role.CompetentAuthority,
        ["regional_organisation"] = V1.Role.RegionalOrganisation,
        ["un_office"] = V1.Role.UnOffice,
        ["decision_maker"] = V1.Role.DecisionMaker,
    };

    private static readonly Dictionary<string, V1.Severity> s_severities = new(StringComparer.Ordinal)
    {
        ["advisory"] = V1.Severity.Advisory,
        ["warning"] = V1.Severity.Warning,
        ["emergency"] = V1.Severity.Emergency,
    };

    private readonly List<string> _faults = [];

    /// <summary>Reads a ladder.</summary>
    /// <exception cref="LadderException">It has faults.</exception>
    public static CaseLadder Read(TextReader text, string source)
    {
        var reader = new LadderReader();
        var steps = reader.Steps(text);
        return reader._faults.Count == 0 ? new(steps) : throw new LadderException(source, reader._faults);
    }

    private List<LadderStep> Steps(TextReader text)
    {
        YamlStream yaml;
        try
        {
            yaml = BoundedYaml.Load(text);
        }
        catch (YamlException e)
        {
            _faults.Add($"line {e.Start.Line}: not YAML: {e.Message}");
            return [];
        }

        if (yaml.Documents is not [{ RootNode: YamlMappingNode root }])
        {
            _faults.Add("line 1: expected one document with 'steps'");
            return [];
        }

        KnownKeys(root, "", "steps");
        if (Child(root, "steps", "") is not { } list)
        {
            return [];
        }

        if (list is not YamlSequenceNode { Children.Count: > 0 and <= 20 } steps)
        {
            Fault(list, "steps", "expected a list of 1 to 20 steps");
            return [];
        }

        return [.. steps.Children.Select((node, index) => Step(node, $"steps[{index}]")).OfType<LadderStep>()];
    }

    private LadderStep? Step(YamlNode node, string path)
    {
        if (node is not YamlMappingNode step)
        {
            Fault(node, path, "expected name, role, acknowledge_within and decide_within");
            return null;
        }

        KnownKeys(step, path + ".", "name", "role", "acknowledge_within", "decide_within");
        var name = Child(step, "name", path + ".");
        if (name is not null && name is not YamlScalarNode { Value.Length: > 0 and <= 200 })
        {
            Fault(name, path + ".name", "expected 1 to 200 characters");
        }

        var role = V1.Role.Unspecified;
        if (Child(step, "role", path + ".") is { } roleNode && !s_roles.TryGetValue((roleNode as YamlScalarNode)?.Value ?? "", out role))
        {
            Fault(roleNode, path + ".role", $"'{roleNode}' is not a role; expected one of {string.Join(", ", s_roles.Keys)}");
        }

        var acknowledge = Deadlines(step, "acknowledge_within", path);
        var decide = Deadlines(step, "decide_within", path);
        return new(
            (name as YamlScalarNode)?.Value ?? "",
            role,
            s_severities.Values.ToDictionary(severity => severity, severity => new StepDeadlines(acknowledge[severity], decide[severity]))
        );
    }

    private Dictionary<V1.Severity, TimeSpan> Deadlines(YamlMappingNode step, string key, string path)
    {
        var deadlines = s_severities.Values.ToDictionary(severity => severity, _ => TimeSpan.Zero);
        switch (Child(step, key, path + "."))
        {
            case null:
                break;
            case YamlMappingNode bySeverity:
                KnownKeys(bySeverity, $"{path}.{key}.", [.. s_severities.Keys]);
                foreach (var (word, severity) in s_severities)
                {
                    deadlines[severity] = Child(bySeverity, word, $"{path}.{key}.") is { } node
                        ? Deadline(node, $"{path}.{key}.{word}")
                        : default;
                }

                break;
            case var one:
                var deadline = Deadline(one, $"{path}.{key}");
                deadlines = s_severities.Values.ToDictionary(severity => severity, _ => deadline);
                break;
        }

        return deadlines;
    }

    private TimeSpan Deadline(YamlNode node, string path)
    {
        if (node is YamlScalarNode { Value: { Length: > 0 } text } && TryParse(text, out var deadline))
        {
            return deadline;
        }

        Fault(node, path, $"'{node}' is not a deadline; expected a whole number with s, m, h or d, from 1s to 400d");
        return default;
    }

    private static bool TryParse(string text, out TimeSpan deadline)
    {
        deadline = default;
        if (
            !int.TryParse(
                text.AsSpan(0, text.Length - 1),
                System.Globalization.NumberStyles.None,
                System.Globalization.CultureInfo.InvariantCulture,
                out var number
            )
        )
        {
            return false;
        }

        var seconds =
            (long)number
            * text[^1] switch
            {
                's' => 1,
                'm' => 60,
                'h' => 3_600,
                'd' => 86_400,
                _ => 0,
            };
        deadline = TimeSpan.FromSeconds(Math.Min(seconds, 86_400L * 401));
        return seconds is > 0 and <= 86_400L * 400;
    }

    private YamlNode? Child(YamlMappingNode node, string key, string path)
    {
        if (!node.Children.TryGetValue(key, out var child))
        {
            Fault(node, path + key, "is missing");
            return null;
        }

        if (child is YamlScalarNode { Style: ScalarStyle.Plain, Value: null or "" or "~" or "null" })
        {
            Fault(child, path + key, "has nothing behind it");
            return null;
        }

        return child;
    }

    private void KnownKeys(YamlMappingNode node, string path, params string[] known)
    {
        foreach (var key in node.Children.Keys.Where(key => !known.Contains((key as YamlScalarNode)?.Value)))
        {
            Fault(key, path + key, $"is not known; expected {string.Join(", ", known)}");
        }
    }

    private void Fault(YamlNode node, string path, string what) => _faults.Add($"line {node.Start.Line}: {path}: {what}");
}
