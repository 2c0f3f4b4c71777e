using System.CommandLine;
using EarlyWarning.Cli.Output;

namespace EarlyWarning.Cli.Connection;

/// <summary>Where the suite is, who calls, and how long a question may take.</summary>
internal sealed record ConnectionSettings(Uri Endpoint, TlsTrust Tls, string? ApiKey, string? Actor, TimeSpan Timeout, bool Json)
{
    public const string DefaultEndpoint = "http://127.0.0.1:5051";

    private static readonly Option<string> s_endpoint = new("--endpoint")
    {
        Description = $"The suite's gRPC address. Default: EW_ENDPOINT, else {DefaultEndpoint}.",
        HelpName = "address",
        Recursive = true,
    };

    private static readonly Option<string> s_tokenCommand = new("--token-command")
    {
        Description =
            "A command that prints a token of an issuer that the suite takes. It is run again when the token is refused or about to "
            + "expire. Default: EW_TOKEN_COMMAND, else the key or token in EW_API_KEY.",
        HelpName = "command",
        Recursive = true,
    };

    private static readonly Option<string> s_ca = new("--ca")
    {
        Description = "A PEM file of the CA that signed the suite's certificate, where this machine does not know it. Default: EW_CA.",
        HelpName = "file",
        Recursive = true,
    };

    private static readonly Option<string> s_certificate = new("--cert")
    {
        Description = "A PEM file of the caller's certificate, where the suite asks for one. Default: EW_CERT.",
        HelpName = "file",
        Recursive = true,
    };

    private static readonly Option<string> s_key = new("--key")
    {
        Description = "A PEM file of the private key of --cert. Default: EW_KEY.",
        HelpName = "file",
        Recursive = true,
    };

    private static readonly Option<string> s_actor = new("--actor")
    {
        Description =
            "Who acts, for the record of a suite without authentication. Default: EW_ACTOR. (The key or token of one with it: EW_API_KEY.)",
        HelpName = "name",
        Recursive = true,
    };

    private static readonly Option<string> s_timeout = new("--timeout")
    {
        Description = "How long one question may take, such as 5s or 2m. Default: 30s, or 10m where the suite computes long.",
        HelpName = "time",
        Recursive = true,
    };

    private static readonly Option<bool> s_json = new("--json") { Description = "Print proto JSON, one object a line.", Recursive = true };

    /// <summary>What prints tokens, which are shown instead of the key; <see langword="null"/> for nothing.</summary>
    public string? TokenCommand { get; init; }

    public static IEnumerable<Option> Options => [s_endpoint, s_ca, s_certificate, s_key, s_tokenCommand, s_actor, s_timeout, s_json];

    public static ConnectionSettings From(ParseResult parse, Terminal terminal, TimeSpan patience)
    {
        var text = parse.GetValue(s_endpoint) ?? Variable(terminal, "EW_ENDPOINT") ?? DefaultEndpoint;
        var address = text.Contains("://", StringComparison.Ordinal) ? text : $"http://{text}";
        if (!Uri.TryCreate(address, UriKind.Absolute, out var endpoint) || endpoint.Scheme is not ("http" or "https"))
        {
            throw new CliException($"'{text}' is not an address. Give one such as {DefaultEndpoint} with --endpoint or EW_ENDPOINT.");
        }

        var timeout = parse.GetValue(s_timeout) is { } given ? TimeOptions.Span(given, "--timeout") : patience;
        return timeout > TimeSpan.Zero
            ? new(
                endpoint,
                TlsTrust.Read(
                    endpoint,
                    parse.GetValue(s_ca) ?? Variable(terminal, "EW_CA"),
                    parse.GetValue(s_certificate) ?? Variable(terminal, "EW_CERT"),
                    parse.GetValue(s_key) ?? Variable(terminal, "EW_KEY")
                ),
                Sendable(Variable(terminal, "EW_API_KEY"), "EW_API_KEY"),
                Sendable(parse.GetValue(s_actor) ?? Variable(terminal, "EW_ACTOR"), "--actor"),
                timeout,
                parse.GetValue(s_json)
            )
            {
                TokenCommand = parse.GetValue(s_tokenCommand) ?? Variable(terminal, "EW_TOKEN_COMMAND"),
            }
            : throw new CliException("--timeout must be above 0, such as 30s.");
    }

    // Both travel as metadata, which carries nothing else.
    private static string? Sendable(string? text, string what) =>
        text is null || text.All(c => c is >= ' ' and <= '~')
            ? text
            : throw new CliException($"{what} may have ASCII letters, figures and signs only.");

    private static string? Variable(Terminal terminal, string name) => terminal.Environment(name) is { Length: > 0 } value ? value : null;
}
