using EarlyWarning.Cli.Connection;
using EarlyWarning.Cli.Output;
using EarlyWarning.V1;
using Google.Protobuf;

namespace EarlyWarning.Cli.Scoring;

/// <summary>Reads which framework is meant: one that the suite knows, or a definition in a file.</summary>
internal static class FrameworkArgument
{
    public const string Form = "frameworks/{id}, {id}/versions/{n}, or a file with a definition as `ew framework get` prints it";

    public static FrameworkChoice Of(string text) =>
        File.Exists(text) ? new() { Definition = Read(text) } : new() { Name = NameCompletion.Of("frameworks", text) };

    private static Framework Read(string path)
    {
        try
        {
            return YamlJson.Objects(path) is [var only]
                ? JsonParser.Default.Parse<Framework>(only.ToJsonString())
                : throw new CliException($"{path} was to have one framework.");
        }
        catch (Exception error) when (error is InvalidProtocolBufferException or InvalidJsonException or InvalidOperationException)
        {
            throw new CliException($"{path}: {error.Message}");
        }
    }
}
