using EarlyWarning.ServiceDefaults.Files;
using EarlyWarning.Yaml;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.IdentityModel.Protocols;

namespace EarlyWarning.Access.Issuers;

/// <summary>
/// The callers whom others vouch for, by a file as it is now. The last one without faults stays in force; where the file goes, nobody of it
/// is let in. A running suite never writes it. Thread-safe.
/// </summary>
#pragma warning disable CA1001 // The client lives as long as the suite.
public sealed class AccessFile
#pragma warning restore CA1001
{
    private const int MostBytes = 1 << 20;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(15);
    private readonly TimeProvider _time;
    private readonly HttpClient _http;
    private readonly WatchedFile<FileContent> _file;
    private volatile RulesInForce _inForce = RulesInForce.Nobody();

    /// <summary>Reads a file.</summary>
    /// <param name="path">Where it is; <see langword="null"/> for none ever.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="FaultyFileException">It has faults.</exception>
    public AccessFile(string? path, TimeProvider time)
    {
        _time = time;
        _http = new(
            new SocketsHttpHandler
            {
                PooledConnectionLifetime = TimeSpan.FromMinutes(2),
                ConnectTimeout = s_patience,
                AllowAutoRedirect = false,
            }
        )
        {
            Timeout = s_patience,
            MaxResponseContentBufferSize = MostBytes,
        };
        Path = path ?? "";
        _file = new(Path, () => FileContent.Read(Path), Take, "Nobody of it is let in.", () => Replace(RulesInForce.Nobody()));
        _file.Open();
    }

    /// <summary>Gets where the file is expected; empty where there is none ever.</summary>
    public string Path { get; }

    /// <summary>Gets why the file as it is now is not in force; empty where it is.</summary>
    public string Problem => _file.Problem;

    /// <summary>Gets whether there has been no file since the start.</summary>
    public bool IsAbsent => !_file.There.IsCancellationRequested;

    /// <summary>Gets how many grants are in force.</summary>
    public int Grants => _inForce.Rules.Grants.Count;

    /// <summary>Gets the issuers in force.</summary>
    public IReadOnlyList<IssuerStanding> Issuers =>
        [.. _inForce.Issuers.Select(one => new IssuerStanding(one.Issuer.Url, one.Keys.Last is not null, one.Keys.Problem))];

    /// <summary>Gets the rules in force.</summary>
    internal RulesInForce InForce => _inForce;

    /// <summary>Gets what ends when there is a file for the first time.</summary>
    internal CancellationToken Closed => _file.There;

    /// <summary>Gets what issuers are called with.</summary>
    internal HttpClient Http => _http;

    /// <summary>Looks at the file, puts in force what it says, and sees to it that issuers' keys are fresh.</summary>
    /// <param name="logger">Is told of what was taken and what was not.</param>
    public void Look(ILogger? logger = null)
    {
        logger ??= NullLogger.Instance;
        switch (_file.Look())
        {
            case FileLook.First:
                logger.RulesClosed(Path);
                logger.RulesTaken(Path, _inForce.Issuers.Count, Grants);
                break;
            case FileLook.Taken:
                logger.RulesTaken(Path, _inForce.Issuers.Count, Grants);
                break;
            case FileLook.Refused:
                logger.RulesNotTaken(Problem);
                break;
            default:
                break;
        }

        foreach (var issuer in _inForce.Issuers)
        {
            issuer.Keys.Look();
        }
    }

    private void Take(FileContent content)
    {
        var rules = AccessFileReader.Read(content.Text, Path);
        var before = _inForce.Issuers.ToDictionary(one => one.Issuer.Url, one => one.Keys, StringComparer.Ordinal);
        Replace(
            new(
                rules,
                [.. rules.Issuers.Select(issuer => new IssuerInForce(issuer, before.GetValueOrDefault(issuer.Url) ?? KeysOf(issuer)))]
            )
        );
    }

    private IssuerKeys KeysOf(Issuer issuer) =>
        new(issuer.Url, new HttpDocumentRetriever(_http) { RequireHttps = !issuer.IsLoopback }, _time);

    private void Replace(RulesInForce rules)
    {
        var before = _inForce;
        _inForce = rules;
        before.End();
    }
}

/// <summary>How an issuer stands.</summary>
/// <param name="Url">The issuer.</param>
/// <param name="HasKeys">Whether its keys were ever read, without which none of its tokens can be checked.</param>
/// <param name="Problem">Why they cannot be read now; empty where they can.</param>
public sealed record IssuerStanding(string Url, bool HasKeys, string Problem);
