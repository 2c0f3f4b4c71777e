using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Catalogue.Rules;

/// <summary>
/// What the contract asks of a framework before the engine looks at its mathematics: that everything is named, known, and says which of its
/// alternatives it is.
/// </summary>
internal sealed partial class FrameworkRules
{
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
        if (!ResourceForm.IsFrameworkId(ResourceForm.FrameworkIdOf(definition.Name)))
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
                Add(
                    $"framework.bands[{i}].level",
                    $"'{definition.Bands[i].Level}' is no level. Use a-z, 0-9, dot, hyphen and underscore, a letter first."
                );
            }
        }

        if (definition.Level is { } rule)
        {
            CheckLevel(definition, rule, "framework.level");
        }

        switch (definition.ModelCase)
        {
            case V1.Framework.ModelOneofCase.Composite:
                CheckComposite(definition.Composite, "framework.composite");
                break;
            case V1.Framework.ModelOneofCase.Logistic:
                CheckRegression(definition.Logistic, "framework.logistic", CountStated([definition.Logistic]));
                CheckCalibration(definition.Logistic.Calibration, "framework.logistic.calibration");
                break;
            case V1.Framework.ModelOneofCase.Ensemble:
                CheckEnsemble(definition.Ensemble, "framework.ensemble");
                break;
            default:
                Add("framework", "There is no calculation. Give one of composite, logistic and ensemble.");
                break;
        }
    }

    private void CheckIndicator(string code, string path)
    {
        if (_indicators(code) is null)
        {
            Add(
                path,
                $"There is no indicator '{code}'. Create it first, or bring it along in indicators.",
                V1.ErrorReason.UnknownIndicator
            );
        }
    }

    private void CheckWeight(bool given, double weight, string path)
    {
        if (given && !(weight > 0 && double.IsFinite(weight)))
        {
            Add(path, "A weight must be above 0 and finite. Leave the element out if it is not to count.");
        }
    }

    private void CheckChoice<T>(T value, string path, string what)
        where T : struct, System.Enum
    {
        if (!System.Enum.IsDefined(value))
        {
            Add(path, $"{value:D} is no {what}. Use a value of {typeof(T).Name} that this build knows.");
        }
    }

    private void CheckDuration(Duration? duration, string path)
    {
        if (duration is not null && !IsUsable(duration))
        {
            Add(path, "The validity must be above 0 and at most 3,650,000 days. Leave it out for no end.");
        }
    }

    private static bool IsUsable(Duration duration) =>
        duration.Nanos is >= 0 and < 1_000_000_000
        && duration.Seconds is >= 0 and <= 3_650_000L * 86_400
        && (duration.Seconds > 0 || duration.Nanos > 0);

    private void Add(string field, string message, V1.ErrorReason reason = V1.ErrorReason.InvalidFramework) =>
        _faults.Add(new(reason, field, message));
}
