using System.CommandLine;

namespace EarlyWarning.Host.Options;

/// <summary>The options that name files which stand elsewhere than in the data folder.</summary>
internal sealed class FileOptions(SettableOptions options)
{
    private readonly Option<string?> _keys = Keys(options);

    private readonly Option<string?> _access = options.MakeFile(
        "--access",
        "The file of callers whom an issuer or a certificate vouches for; default: access.yaml in the data folder"
    );

    private readonly Option<string?> _directory = options.MakeFile(
        "--directory",
        "The file of who is told; default: directory.yaml in the data folder"
    );

    private readonly Option<string?> _ladder = options.MakeFile(
        "--ladder",
        "The file of the ladder; default: ladder.yaml in the data folder, or the built-in one"
    );

    /// <summary>Makes the option of the file of keys, which is that of the command that writes them too.</summary>
    public static Option<string?> Keys(SettableOptions options) =>
        options.MakeFile("--keys", "The file of API keys; default: keys.json in the data folder");

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_keys);
        command.Options.Add(_access);
        command.Options.Add(_directory);
        command.Options.Add(_ladder);
    }

    /// <summary>Sets what they say.</summary>
    public SuiteOptions Set(SuiteOptions suite, ParseResult parsed) =>
        suite with
        {
            Keys = parsed.GetValue(_keys) is { Length: > 0 } keys ? keys : null,
            Access = parsed.GetValue(_access) is { Length: > 0 } access ? access : null,
            Directory = parsed.GetValue(_directory) is { Length: > 0 } directory ? directory : null,
            Ladder = parsed.GetValue(_ladder) is { Length: > 0 } ladder ? ladder : null,
        };
}
