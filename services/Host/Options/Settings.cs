using System.Collections;
using EarlyWarning.Escalation;
using EarlyWarning.Ledger.Audit;
using EarlyWarning.Messaging.Outbox;
using EarlyWarning.Notification.Configuration;
using EarlyWarning.Risk;
using EarlyWarning.Scoring;
using EarlyWarning.Scoring.Cache;
using EarlyWarning.Scoring.Operations;
using EarlyWarning.Sidecar.Configuration;
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
    /// <summary>What the suite's variables begin with.</summary>
    public const string Prefix = "EW_";

    private const string DaprFamily = "EW_DAPR_";

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
            ["sidecar"] = () => new SidecarOptions(),
            ["store"] = () => new StoreOptions(),
        }
            .Concat(ServiceNames.WithAppId.Select(DaprSection))
            .ToDictionary();

    private readonly string _file;
    private readonly IReadOnlyDictionary<string, string> _environment;
    private readonly YamlReading _reading;
    private readonly YamlMap _top;
    private readonly Dictionary<string, YamlMap> _sections = [];
    private readonly Dictionary<string, Type> _types = [];

    private Settings(string file, bool isNamed, IReadOnlyList<string> options, IReadOnlyDictionary<string, string> environment)
    {
        (_file, _environment, _reading) = (file, environment, new(file));
        var loaded = File.Exists(file) ? _reading.Load(new StringReader(File.ReadAllText(file)), file) : null;
        if (isNamed && !File.Exists(file))
        {
            _reading.Add(Place.Whole(file), "There is no such file of settings. Name another one with --settings, or leave it out.");
        }

        _top = loaded ?? YamlMap.Empty(_reading, file);
        _top.Ignore([.. options]);
        foreach (var (name, defaults) in Sections)
        {
            Take(name, defaults());
        }

        Sidecar = Fill("sidecar", new SidecarOptions());
        foreach (var (name, defaults) in Sidecar.AppIds.Except(ServiceNames.WithAppId).Select(DaprSection))
        {
            Take(name, defaults());
        }

        _top.Done();
        var variables = _types.SelectMany(one => VariablesOf(one.Key, one.Value)).Select(one => one.Variable);
        Faults =
        [
            .. _reading.Faults.Select(fault => fault.ToString()).Distinct(),
            .. OtherVariables.Faults(
                environment.Keys,
                [.. options.Select(VariableOf), .. variables],
                [.. Sections.Keys.Select(name => VariableOf(name) + "_"), DaprFamily]
            ),
        ];
    }

    /// <summary>Nothing but defaults.</summary>
    public static Settings None { get; } = new("", isNamed: false, [], new Dictionary<string, string>());

    /// <summary>
    /// What is wrong with the file, and with what the environment says of its sections; and variables that are none of the suite's, and
    /// probably were meant to be.
    /// </summary>
    public IReadOnlyList<string> Faults { get; }

    /// <summary>What stands in for daprd.</summary>
    public SidecarOptions Sidecar { get; }

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

    /// <summary>A variable of the environment; <see langword="null"/> where there is none.</summary>
    public string? Variable(string name) => _environment.GetValueOrDefault(name);

    /// <summary>Where the Dapr sidecar of an app id is said to be.</summary>
    public DaprOptions Dapr(string appId) => Fill(DaprSidecars.SectionOf(appId), new DaprOptions());

    /// <summary>Sets the options of a section as it says.</summary>
    public T Fill<T>(string section, T options)
        where T : class
    {
        RecordForm.ReadInto(_sections[section], section, options);
        return options;
    }

    private void Take(string name, object defaults)
    {
        _types[name] = defaults.GetType();
        if (_top.Get(name) is { IsMap: true } place)
        {
            _reading.Places.Add(name, place.Place);
        }

        // What is a text is of the option of that name.
        var section = _sections[name] = (_top.Get(name) is { IsText: false } given ? given.Map() : null) ?? YamlMap.Empty(_reading, _file);
        foreach (var (variable, key) in VariablesOf(name, defaults.GetType()))
        {
            if (_environment.TryGetValue(variable, out var text))
            {
                section.Put(key, text, variable);
            }
        }

        RecordForm.ReadInto(section, name, defaults);
    }

    private static KeyValuePair<string, Func<object>> DaprSection(string appId) =>
        new(DaprSidecars.SectionOf(appId), static () => new DaprOptions());

    private static IEnumerable<(string Variable, string Key)> VariablesOf(string section, Type options) =>
        RecordForm.KeysOf(options).Select(key => (VariableOf($"{section}-{key}"), key));

    /// <summary>What is said of an option otherwise than on the command line.</summary>
    /// <param name="Source">Where it is said.</param>
    /// <param name="Texts">What.</param>
    internal sealed record Given(string Source, IReadOnlyList<string> Texts);
}
