using EarlyWarning.Cli.Output;

namespace EarlyWarning.Cli.Tests.Infrastructure;

/// <summary>What a command line came to.</summary>
internal sealed record Run(int Code, string Out, string Error)
{
    public string[] Lines => Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public static Task<Run> EwAsync(params string[] args) => EwAsync(new Dictionary<string, string>(), args);

    public static async Task<Run> EwAsync(Dictionary<string, string> environment, params string[] args) =>
        await OnAsync(
            new()
            {
                Out = TextWriter.Null,
                Error = TextWriter.Null,
                Time = new ImpatientTime(),
            },
            environment,
            args
        );

    public static async Task<Run> OnAsync(
        Terminal terminal,
        Dictionary<string, string> environment,
        string[] args,
        CancellationToken cancellation = default
    )
    {
        var (output, error) = (new StringWriter { NewLine = "\n" }, new StringWriter { NewLine = "\n" });
        var code = await Ew.RunAsync(
            args,
            terminal with
            {
                Out = TextWriter.Synchronized(output),
                Error = TextWriter.Synchronized(error),
                Environment = environment.GetValueOrDefault,
            },
            cancellation
        );
        return new(code, output.ToString(), error.ToString());
    }
}
