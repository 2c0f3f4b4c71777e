using System.Collections;
using EarlyWarning.Escalation;
using EarlyWarning.Ledger.Audit;
using EarlyWarning.Messaging.Outbox;
using EarlyWarning.Notification.Configuration;
using EarlyWarning.Risk;
using EarlyWarning.Scoring;
using EarlyWarning.Scoring.Cache;
using EarlyWarning.Scoring.Operations;
using EarlyWarning.Store.Clocks;
using EarlyWarning.Store.Configuration;
using EarlyWarning.Yaml;
using EarlyWarning.Yaml.Binding;

namespace EarlyWarning.Host.Options;

/// <summary>
/// What the suite is set to otherwise than on its command line: by the environment, and where that says nothing by a file. An option goes
/// by its name in all three: <c>--clock-grace</c>, <c>EW_CLOCK_GRACE</c>, <c>clock-grace</c>. What has no option stands in the file's
/// sections,
/// and in the environment with the section before it: <c>budget</c> of <c>notification</c> is <c>EW_NOTIFICATION_BUDGET</c>.
/// </summary>
internal sealed class Settings
{
    private const string Prefix = "EW_";

    /// <summary>The file's sections, with what makes each one's defaults.</summary>
    public static IReadOnlyDictionary<string, Func<object>> Sections { get; } =
        new Dictionary<string, Func<object>>
        {
            ["audit"] = () => new AuditOptions(),
            ["cache"] = () => new CacheOptions(),
            ["clock"] = () => new ClockOptions(),
            ["escalation"] = () => new EscalationOptions(),
            ["notification"] = () => new NotificationOptions(),
            ["operations"] = () => new OperationOptions(),
            ["outbox"] = () => new OutboxOptions(),
            ["risk"] = () => new RiskOptions(),
            ["scoring"] = () => new ScoringOptions(),
            ["store"] = () => new StoreOptions { DataDirectory = "." },
        };

    private readonly IReadOnlyList<string> _options;
    private readonly IReadOnlyDictionary<string, string> _environment;
    private readonly YamlReading _reading;
    private readonly YamlMap _top;
    private readonly Dictionary<string, YamlMap> _sections = [];

    private Settings(string file, bool isNamed, IReadOnlyList<string> options, IReadOnlyDictionary<string, string> environment)
    {
        (_options, _environment, _reading) = (options, environment, new(file));
        var loaded = File.Exists(file) ? _reading.Load(new StringReader(File.ReadAllText(file)), file) : null;
        if (isNamed && !File.Exists(file))
        {
            _reading.Add(Place.Whole(file), "There is no such file of settings. Name another one with --settings, or leave it out.");
        }

        _top = loaded ?? YamlMap.Empty(_reading, file);
        _top.Ignore([.. options]);
        foreach (var (name, defaults) in Sections)
        {
            if (_top.Get(name) is { IsMap: true } place)
            {
                _reading.Places.Add(name, place.Place);
            }

            // What is a text is of the option of that name.
            var section = _sections[name] = (_top.Get(name) is { IsText: false } given ? given.Map() : null)
                ?? YamlMap.Empty(_reading, file);
            foreach (var (variable, key) in VariablesOf(name, defaults().GetType()))
            {
                if (environment.TryGetValue(variable, out var text))
                {
                    section.Put(key, text, variable);
                }
            }

            RecordForm.ReadInto(section, name, defaults());
        }

        _top.Done();
        Faults = [.. _reading.Faults.Select(fault => fault.ToString())];
    }

    /// <summary>Nothing but defaults.</summary>
    public static Settings None { get; } = new("", isNamed: false, [], new Dictionary<string, string>());

    /// <summary>What is wrong with the file, and with what the environment says of its sections.</summary>
    public IReadOnlyList<string> Faults { get; }

    /// <summary>Variables that are none of the suite's, and probably were meant to be.</summary>
    public IEnumerable<string> Warnings
    {
        get
        {
            string[] known =
            [
                .. _options.Select(VariableOf),
                .. Sections.SelectMany(one => VariablesOf(one.Key, one.Value().GetType())).Select(one => one.Variable),
            ];
            return from variable in _environment.Keys.Except(known).Order(StringComparer.Ordinal)
                where variable.StartsWith(Prefix, StringComparison.Ordinal) && !OtherVariables.Are(variable)
                let nearest = KnownWords.Nearest(variable, known)
                where nearest is not null
                select $"The environment variable {variable} is none of the suite's and changes nothing. Was {nearest} meant?";
        }
    }

    /// <summary>Reads the file, and what the environment says.</summary>
    /// <param name="file">The file.</param>
    /// <param name="isNamed">Whether it has to be there.</param>
    /// <param name="options">The names of the command line's options that may be given otherwise, without their hyphens.</param>
    /// <param name="environment">The environment's variables.</param>
    public static Settings Read(
        string file,
        bool isNamed,
        IReadOnlyList<string> options,
        IReadOnlyDictionary<string, string> environment
    ) => new(file, isNamed, options, environment);

    /// <summary>The environment of this process, without what is empty.</summary>
    public static IReadOnlyDictionary<string, string> Environment() =>
        System
            .Environment.GetEnvironmentVariables()
            .Cast<DictionaryEntry>()
            .Where(one => one.Value is string { Length: > 0 })
            .ToDictionary(one => (string)one.Key, one => (string)one.Value!, StringComparer.Ordinal);

    /// <summary>The environment variable that stands for an option or key.</summary>
    public static string VariableOf(string name) => Prefix + name.ToUpperInvariant().Replace('-', '_');

    /// <summary>What the environment, or else the file, says of an option; <see langword="null"/> where neither does.</summary>
    public Given? Find(string option)
    {
        var variable = VariableOf(option);
        return _environment.TryGetValue(variable, out var text) ? new(variable, [text])
            : _top.Get(option) is not { IsMap: false } value ? null
            : new(value.Place.ToString(), [.. (value.IsList ? value.Items() : [value]).Select(item => item.Text() ?? "")]);
    }

    /// <summary>Sets the options of a section as it says.</summary>
    public T Fill<T>(string section, T options)
        where T : class
    {
        RecordForm.ReadInto(_sections[section], section, options);
        return options;
    }

    private static IEnumerable<(string Variable, string Key)> VariablesOf(string section, Type options) =>
        RecordForm.KeysOf(options).Select(key => (VariableOf($"{section}-{key}"), key));

    /// <summary>What is said of an option otherwise than on the command line.</summary>
    /// <param name="Source">Where it is said.</param>
    /// <param name="Texts">What.</param>
    internal sealed record Given(string Source, IReadOnlyList<string> Texts);
}
