using System.Text;
using EarlyWarning.Catalogue.Files;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.IdentityModel.Protocols;

namespace EarlyWarning.Access.Issuers;

/// <summary>
/// The callers whom others vouch for, by a file as it is now. The last one without faults stays in force; where the file goes, nobody of it
/// is let in. A running suite never writes it. Thread-safe.
/// </summary>
#pragma warning disable CA1001 // The source of a token that has neither timer nor handle leaves nothing but memory; the client lives as long as the suite.
public sealed class AccessFile
#pragma warning restore CA1001
{
    private const int MostBytes = 1 << 20;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(15);
    private readonly TimeProvider _time;
    private readonly HttpClient _http;
    private readonly CancellationTokenSource _closed = new();
    private byte[]? _bytes;
    private volatile RulesInForce _inForce = RulesInForce.Nobody();
    private volatile string _problem = "";

    /// <summary>Reads a file.</summary>
    /// <param name="path">Where it is; <see langword="null"/> for none ever.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="FrameworkFileException">It has faults.</exception>
    public AccessFile(string? path, TimeProvider time)
    {
        (Path, _time) = (path ?? "", time);
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
        if (path is not null && ReadBytes() is { } bytes)
        {
            Take(bytes);
            _closed.Cancel();
        }
    }

    /// <summary>Gets where the file is expected; empty where there is none ever.</summary>
    public string Path { get; }

    /// <summary>Gets why the file as it is now is not in force; empty where it is.</summary>
    public string Problem => _problem;

    /// <summary>Gets whether there has been no file since the start.</summary>
    public bool IsAbsent => !_closed.IsCancellationRequested;

    /// <summary>Gets how many grants are in force.</summary>
    public int Grants => _inForce.Rules.Grants.Count;

    /// <summary>Gets the issuers in force.</summary>
    public IReadOnlyList<IssuerStanding> Issuers =>
        [.. _inForce.Issuers.Select(one => new IssuerStanding(one.Issuer.Url, one.Keys.Last is not null, one.Keys.Problem))];

    /// <summary>Gets the rules in force.</summary>
    internal RulesInForce InForce => _inForce;

    /// <summary>Gets what ends when there is a file for the first time.</summary>
    internal CancellationToken Closed => _closed.Token;

    /// <summary>Gets what issuers are called with.</summary>
    internal HttpClient Http => _http;

    /// <summary>Looks at the file, puts in force what it says, and sees to it that issuers' keys are fresh.</summary>
    /// <param name="logger">Is told of what was taken and what was not.</param>
    public void Look(ILogger? logger = null)
    {
        if (Path.Length > 0)
        {
            TakeFile(logger ?? NullLogger.Instance);
        }

        foreach (var issuer in _inForce.Issuers)
        {
            issuer.Keys.Look();
        }
    }

    private void TakeFile(ILogger logger)
    {
        try
        {
            if (ReadBytes() is not { } bytes)
            {
                TakeAbsence(logger);
            }
            else if (_bytes is null || !bytes.AsSpan().SequenceEqual(_bytes))
            {
                Take(bytes);
                if (IsAbsent)
                {
                    _ = _closed.CancelAsync();
                    logger.RulesClosed(Path);
                }

                logger.RulesTaken(Path, _inForce.Issuers.Count, Grants);
            }
            else if (_problem.Length > 0)
            {
                // Put back as it was.
                _problem = "";
                logger.RulesTaken(Path, _inForce.Issuers.Count, Grants);
            }
        }
#pragma warning disable CA1031 // Whatever a look meets, the last good rules stay in force and the next look is made.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Report(exception.Message, logger);
        }
    }

    private void TakeAbsence(ILogger logger)
    {
        if (IsAbsent)
        {
            _problem = "";
            return;
        }

        if (_bytes is not null)
        {
            _bytes = null;
            Replace(RulesInForce.Nobody());
        }

        Report($"{Path} is gone. Nobody of it is let in.", logger);
    }

    private void Take(byte[] bytes)
    {
        var rules = AccessFileReader.Read(Encoding.UTF8.GetString(bytes), Path);
        var before = _inForce.Issuers.ToDictionary(one => one.Issuer.Url, one => one.Keys, StringComparer.Ordinal);
        Replace(
            new(
                rules,
                [.. rules.Issuers.Select(issuer => new IssuerInForce(issuer, before.GetValueOrDefault(issuer.Url) ?? KeysOf(issuer)))]
            )
        );
        (_bytes, _problem) = (bytes, "");
    }

    private IssuerKeys KeysOf(Issuer issuer) =>
        new(issuer.Url, new HttpDocumentRetriever(_http) { RequireHttps = !issuer.IsLoopback }, _time);

    private void Replace(RulesInForce rules)
    {
        var before = _inForce;
        _inForce = rules;
        before.End();
    }

    private void Report(string problem, ILogger logger)
    {
        // Once: the same every second would bury what else there is to read.
        if (problem != _problem)
        {
            _problem = problem;
            logger.RulesNotTaken(problem);
        }
    }

    private byte[]? ReadBytes()
    {
        try
        {
            using var file = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (file.Length > MostBytes)
            {
                throw new InvalidDataException($"{Path} has {file.Length:N0} bytes, which no rules need; at most {MostBytes:N0} are read.");
            }

            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}

/// <summary>How an issuer stands.</summary>
/// <param name="Url">The issuer.</param>
/// <param name="HasKeys">Whether its keys were ever read, without which none of its tokens can be checked.</param>
/// <param name="Problem">Why they cannot be read now; empty where they can.</param>
public sealed record IssuerStanding(string Url, bool HasKeys, string Problem);
