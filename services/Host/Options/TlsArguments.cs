using System.CommandLine;
using System.CommandLine.Parsing;

namespace EarlyWarning.Host.Options;

/// <summary>The options that make the suite serve HTTPS.</summary>
internal sealed class TlsArguments(SettableOptions options)
{
    /// <summary>The variable that alone can hold the password of a key: everybody on the machine can read a command line.</summary>
    public const string PasswordVariable = "EW_TLS_KEY_PASSWORD";

    private readonly Option<string?> _certificate = options.MakeFile(
        "--tls-cert",
        "A PEM file of the certificate with which --http and --grpc serve HTTPS, those that lead to its CA behind it; read again when it "
            + "changes"
    );
    private readonly Option<string?> _key = options.MakeFile(
        "--tls-key",
        $"A PEM file of its private key, which others cannot read; its password, if it has one, stands in {PasswordVariable}"
    );
    private readonly Option<string?> _clientCa = options.MakeFile(
        "--tls-client-ca",
        "A PEM file of the CA whose certificates callers have to show; without it they need none"
    );

    /// <summary>Adds them, and what has to hold of them together.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_certificate);
        command.Options.Add(_key);
        command.Options.Add(_clientCa);
        command.Validators.Add(Check);
    }

    /// <summary>The files; <see langword="null"/> for plain HTTP.</summary>
    public TlsFiles? Read(ParseResult parsed) =>
        (parsed.GetValue(_certificate), parsed.GetValue(_key)) is ({ Length: > 0 } certificate, { Length: > 0 } key)
            ? new(certificate, key, parsed.GetValue(_clientCa) is { Length: > 0 } ca ? ca : null)
            : null;

    private void Check(CommandResult result)
    {
        var (certificate, key, ca) = (IsGiven(_certificate), IsGiven(_key), IsGiven(_clientCa));
        if (certificate != key)
        {
            result.AddError(
                certificate
                    ? "--tls-cert needs --tls-key (or EW_TLS_KEY), the certificate's private key."
                    : "--tls-key needs --tls-cert (or EW_TLS_CERT), the certificate that it belongs to."
            );
        }
        else if (ca && !certificate)
        {
            result.AddError("--tls-client-ca needs --tls-cert and --tls-key: only over TLS do callers show certificates.");
        }

        bool IsGiven(Option<string?> option) => options.Value(result, option) is { Length: > 0 };
    }
}
