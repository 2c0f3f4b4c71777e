using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EarlyWarning.Host.Composition;
using EarlyWarning.Host.Options;
using EarlyWarning.Host.Starting;
using EarlyWarning.Host.Tls;
using EarlyWarning.V1;
using Microsoft.Extensions.Logging.Abstractions;

namespace EarlyWarning.EndToEnd.Tests.Tls;

/// <summary>Which files are served, and what becomes of those that change.</summary>
public sealed class TlsCertificatesTests : IDisposable
{
    private readonly TlsFolder _folder = new();
    private readonly Time _time = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Start_CertificateThatCannotBeServed_IsRefusedInASentence()
    {
        _folder.Put(_folder.Authority.Server(until: DateTimeOffset.UtcNow.AddHours(-1)));
        using TemporaryFolder data = new();
        SuiteOptions options = new(
            false,
            data.Path,
            new(System.Net.IPAddress.Loopback, FreePort.Take()),
            new(System.Net.IPAddress.Loopback, FreePort.Take()),
            null,
            null,
            null
        )
        {
            Tls = _folder.Files,
        };

        var refused = await Assert.ThrowsAsync<StartException>(() =>
            SuiteHost.StartAsync(options, TimeProvider.System, TestContext.Current.CancellationToken)
        );

        Assert.Contains("the certificate expired on", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NotYetValid_SaysSinceWhen()
    {
        _folder.Put(_folder.Authority.Server(from: DateTimeOffset.UtcNow.AddDays(1)));
        Refused("is not valid before");
    }

    [Fact]
    public void Read_KeyOfAnother_SaysThatTheyDoNotBelongTogether()
    {
        _folder.Write("key.pem", _folder.Authority.Server().Key);
        Refused("is not the key of the certificate in");
    }

    [Fact]
    public void Read_CertificateForCallers_IsRefused()
    {
        _folder.Put(_folder.Authority.Client("CN=Amina"));
        Refused("is not one for servers");
    }

    [Theory]
    [InlineData("cert.pem", "no certificate at all", "has no certificate in PEM form")]
    [InlineData("cert.pem", "", "has no certificate in PEM form")]
    [InlineData("key.pem", "", "has no private key in PEM form")]
    public void Read_FileOfSomethingElse_SaysWhatItLacks(string name, string text, string reason)
    {
        _folder.Write(name, text);
        Refused(reason);
    }

    [Fact]
    public void Read_FileMissing_SaysSo()
    {
        File.Delete(_folder.Key);
        Refused($"--tls-key {_folder.Key} cannot be read");
    }

    [Fact]
    public void Read_KeyThatEverybodyCanRead_IsRefused()
    {
        TlsFolder.Allow(_folder.Key, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        Refused("can be read by everybody on this machine");
    }

    [Fact]
    public void Read_KeyWithAPassword_AsksForTheVariableAndTakesIt()
    {
        using var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(_folder.Key));
        _folder.Write(
            "key.pem",
            key.ExportEncryptedPkcs8PrivateKeyPem("open sesame", new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1_000))
        );

        Refused("Put it into EW_TLS_KEY_PASSWORD");
        Refused("or EW_TLS_KEY_PASSWORD is not its password", "another");
        Assert.Equal("CN=localhost", Read("open sesame").Current.Leaf.Subject);
    }

    [Fact]
    public void Look_FilesRenewed_PutsTheNewOneInForce()
    {
        var certificates = Read();
        var renewed = _folder.Authority.Server();
        _folder.Put(renewed);
        _time.Pass(TimeSpan.FromSeconds(1));

        using var expected = X509Certificate2.CreateFromPem(renewed.Certificate);
        var (served, problem) = certificates.Refresh();
        Assert.Equal((expected.Thumbprint, ""), (served.Leaf.Thumbprint, problem));
        Assert.True(certificates.IsServed(expected));
    }

    [Fact]
    public void Look_HalfOfAPairReplaced_KeepsTheLastGoodOneUntilTheOtherHalfIsThere()
    {
        var certificates = Read();
        var first = certificates.Current.Leaf.Thumbprint;
        var renewed = _folder.Authority.Server();
        _folder.Write("cert.pem", renewed.Certificate);
        _time.Pass(TimeSpan.FromSeconds(1));

        var (served, problem) = certificates.Refresh();
        Assert.Equal(first, served.Leaf.Thumbprint);
        Assert.Contains("is not the key of the certificate", problem, StringComparison.Ordinal);

        _folder.Write("key.pem", renewed.Key);
        _time.Pass(TimeSpan.FromSeconds(1));
        (served, problem) = certificates.Refresh();
        Assert.NotEqual(first, served.Leaf.Thumbprint);
        Assert.Empty(problem);
    }

    [Fact]
    public void Look_NewOneNotYetValid_IsTakenWhenItIs()
    {
        var certificates = Read();
        var first = certificates.Current.Leaf.Thumbprint;
        _folder.Put(_folder.Authority.Server(from: DateTimeOffset.UtcNow.AddDays(1)));
        _time.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal(first, certificates.Current.Leaf.Thumbprint);
        Assert.NotEmpty(certificates.Refresh().Problem);

        _time.Pass(TimeSpan.FromDays(2));
        Assert.NotEqual(first, certificates.Current.Leaf.Thumbprint);
    }

    [Fact]
    public void Read_ClientCaWithoutARoot_IsRefused()
    {
        var leaf = _folder.Write("leaf.pem", _folder.Authority.Client("CN=Amina").Certificate);
        var refused = Assert.Throws<InvalidDataException>(() =>
            new TlsCertificates(_folder.Files with { ClientCa = leaf }, null, _time, NullLogger<TlsCertificates>.Instance)
        );
        Assert.Contains("has no root", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(90, "", Health.Ok, "holds for 90 days")]
    [InlineData(13, "", Health.Attention, "holds for 13 days")]
    [InlineData(-3, "", Health.Failing, "expired 3 days ago")]
    [InlineData(90, "They do not belong together.", Health.Failing, "holds for 90 days")]
    [InlineData(90, "They do not belong together.", Health.Failing, "They do not belong together.")]
    public void Line_OfACertificate_SaysForHowLongItHolds(int days, string problem, Health health, string text)
    {
        var line = TlsLine.Of(new DateTime(2026, 5, 1, 0, 0, 0, DateTimeKind.Utc), TimeSpan.FromDays(days), problem);

        Assert.Equal(health, line.Health);
        Assert.Contains(text, line.Text, StringComparison.Ordinal);
        Assert.Equal(health == Health.Ok, line.Action.Length == 0);
    }

    [Theory]
    [InlineData("--tls-cert needs --tls-key", "--tls-cert", "c.pem")]
    [InlineData("--tls-key needs --tls-cert", "--tls-key", "k.pem")]
    [InlineData("--tls-client-ca needs --tls-cert", "--tls-client-ca", "ca.pem")]
    public void Arguments_OneWithoutTheOthers_AreRefused(string reason, params string[] given)
    {
        var error = Assert.Single(HostCommand.Build((_, _) => Task.FromResult(0)).Parse(given).Errors);
        Assert.StartsWith(reason, error.Message, StringComparison.Ordinal);
    }

    private TlsCertificates Read(string? password = null) => new(_folder.Files, password, _time, NullLogger<TlsCertificates>.Instance);

    private void Refused(string reason, string? password = null) =>
        Assert.Contains(reason, Assert.Throws<InvalidDataException>(() => Read(password)).Message, StringComparison.Ordinal);

    /// <summary>The real time, and what a test lets pass.</summary>
    private sealed class Time : TimeProvider
    {
        private TimeSpan _passed;

        public void Pass(TimeSpan span) => _passed += span;

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _passed;

        public override long GetTimestamp() => base.GetTimestamp() + (long)(_passed.TotalSeconds * TimestampFrequency);
    }
}
