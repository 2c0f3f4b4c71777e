using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace EarlyWarning.Host.Options;

/// <summary>
/// Makes options that may also be given otherwise: what the command line says counts, else what the environment says, else the file of
/// settings, else the default. All are read, and refused, alike.
/// </summary>
/// <param name="environment">The environment's variables; those of the process where it is left out.</param>
internal sealed class SettableOptions(IReadOnlyDictionary<string, string>? environment = null)
{
    private readonly Dictionary<string, Func<SymbolResult, object?>> _values = [];
    private readonly List<Action<CommandResult, Action<string>>> _checks = [];
    private readonly IReadOnlyDictionary<string, string> _environment = environment ?? Settings.Environment();
    private readonly ConditionalWeakTable<SymbolResult, Settings> _read = [];

    /// <summary>The names of the options that are given on the command line alone: each is for one start.</summary>
    public static IReadOnlyList<string> OnlyOnCommandLine { get; } = ["exercise", "resume", "restore", "scenario"];

    /// <summary>The data folder, which no file in it can name.</summary>
    public Option<string?> Data { get; } =
        new("--data") { Description = "The suite's data folder (or EW_DATA; default: data/suite, or data/exercise).", HelpName = "FOLDER" };

    public Option<bool> Exercise { get; } =
        new("--exercise") { Description = "Play an exercise with fictional countries, in a folder of its own." };

    /// <summary>The file of settings.</summary>
    public Option<string?> File { get; } =
        new("--settings")
        {
            Description =
                "A file in YAML of what is not given here or in the environment: options by their names, and sections "
                + "(or EW_SETTINGS; default: settings.yaml in the data folder).",
            HelpName = "FILE",
        };

    /// <summary>Makes an option.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="help">What its value is called.</param>
    /// <param name="description">What it is, without how else it may be given.</param>
    /// <param name="standard">What holds where nobody says anything.</param>
    /// <param name="read">Reads what was given, and says what is wrong with it.</param>
    public Option<T> Make<T>(string name, string help, string description, T standard, Func<Reading, T> read)
    {
        var key = name.TrimStart('-');
        T Otherwise(SymbolResult result, Action<string> fault) =>
            Of(result).Find(key) is { } given ? read(new(given.Source, given.Texts, IsOnCommandLine: false, fault)) : standard;

        _values[key] = result => Otherwise(result, static _ => { });
        Option<T> option = new(name)
        {
            Description = $"{description} (or {Settings.VariableOf(key)}).",
            HelpName = help,
            DefaultValueFactory = result => Otherwise(result, result.AddError),
            CustomParser = result =>
                read(new(name, [.. result.Tokens.Select(token => token.Value)], IsOnCommandLine: true, result.AddError)),
        };
        _checks.Add(
            (result, fault) =>
                _ = result.GetResult(option) is { Implicit: false } given
                    ? read(new(name, [.. given.Tokens.Select(token => token.Value)], IsOnCommandLine: true, fault))
                    : Otherwise(result, fault)
        );
        return option;
    }

    /// <summary>Makes the option of a file.</summary>
    public Option<string?> MakeFile(string name, string description) =>
        Make<string?>(name, "FILE", description, null, static given => given.Text);

    /// <summary>Makes an option that is there or not.</summary>
    public Option<bool> MakeFlag(string name, string description) =>
        Make(name, "true|false", description, standard: false, static given => given.Text switch
            {
                "" or "true" => true,
                "false" => false,
                _ => given.Refuse<bool>("true or false."),
            });

    /// <summary>Makes the option of a number within limits.</summary>
    public Option<T?> MakeNumber<T>(string name, string help, string description, T least, T most, string form)
        where T : struct, INumber<T> =>
        Make<T?>(name, help, description, null, given =>
            T.TryParse(given.Text, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
                ? number
                : given.Refuse<T?>(form)
        );

    /// <summary>Tells of all that is wrong at once: after the first fault nothing else of a command line would be looked at.</summary>
    public void Check(CommandResult result)
    {
        _checks.ForEach(check => check(result, result.AddError));
        foreach (var fault in Of(result).Faults)
        {
            result.AddError(fault);
        }
    }

    /// <summary>What an option comes to, also while the command line is checked.</summary>
    public T? Value<T>(CommandResult result, Option<T> option) =>
        result.GetResult(option) is { Implicit: false } ? result.GetValue(option) : (T?)_values[option.Name.TrimStart('-')](result);

    /// <summary>What is set otherwise than on the command line.</summary>
    public Settings Of(SymbolResult result)
    {
        var root = result;
        while (root.Parent is { } parent)
        {
            root = parent;
        }

        return _read.GetValue(root, _ =>
            Read(GivenIn(result, File), GivenIn(result, Data), result.GetResult(Exercise) is { Implicit: false })
        );
    }

    /// <summary>The data folder that is named; <see langword="null"/> for the default one.</summary>
    public string? Folder(ParseResult parsed) => parsed.GetValue(Data) ?? Variable("EW_DATA");

    private Settings Read(string? file, string? folder, bool exercise) =>
        (file ?? Variable("EW_SETTINGS")) is { } named
            ? Settings.Read(named, isNamed: true, [.. _values.Keys], _environment)
            : Settings.Read(
                Path.Combine(folder ?? Variable("EW_DATA") ?? Path.Combine("data", exercise ? "exercise" : "suite"), "settings.yaml"),
                isNamed: false,
                [.. _values.Keys],
                _environment
            );

    private static string? GivenIn(SymbolResult result, Option<string?> option) =>
        result.GetResult(option)?.Tokens is [var token, ..] ? token.Value : null;

    private string? Variable(string name) => _environment.GetValueOrDefault(name);

    /// <summary>What was given of an option.</summary>
    /// <param name="Source">Where: the option, the variable, or the place in the file.</param>
    /// <param name="Texts">What, once for each time.</param>
    /// <param name="IsOnCommandLine">Whether every user of the machine can read it.</param>
    /// <param name="Fault">Is told what is wrong with it.</param>
    internal sealed record Reading(string Source, IReadOnlyList<string> Texts, bool IsOnCommandLine, Action<string> Fault)
    {
        public string Text => Texts.Count > 0 ? Texts[^1] : "";

        /// <summary>All texts, divided at commas.</summary>
        public IEnumerable<string> Parts =>
            Texts.SelectMany(text => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

        /// <summary>The text as an address with a port; <see langword="null"/> where it is none.</summary>
        public IPEndPoint? Address =>
            IPEndPoint.TryParse(Text.Replace("localhost", "127.0.0.1", StringComparison.Ordinal), out var endpoint) && endpoint.Port > 0
                ? endpoint
                : null;

        public T? Refuse<T>(string form)
        {
            Fault($"{Source} takes {form}");
            return default;
        }
    }
}
