using System.Security.Cryptography;
using EarlyWarning.Access.Sealing;

namespace EarlyWarning.Access.Tests.Sealing;

public sealed class SharedProtectionTests
{
    private static readonly byte[] s_text = "who has signed in"u8.ToArray();

    [Fact]
    public void Unprotect_SealedByAnotherProcessOfTheSuite_Opens() =>
        Assert.Equal(s_text, Of("secret").Unprotect(Of("secret").Protect(s_text)));

    [Fact]
    public void Unprotect_OfAnotherSecretOrPurposeOrChanged_IsRefused()
    {
        var whole = Of("secret").Protect(s_text);

        Assert.ThrowsAny<CryptographicException>(() => Of("other").Unprotect(whole));
        Assert.ThrowsAny<CryptographicException>(() => Of("secret", "state").Unprotect(whole));
        Assert.ThrowsAny<CryptographicException>(() => new SharedProtection(() => "secret").CreateProtector("a").Unprotect(whole));
        Assert.ThrowsAny<CryptographicException>(() => Of("secret").Unprotect(whole[..20]));
        whole[^1] ^= 1;
        Assert.ThrowsAny<CryptographicException>(() => Of("secret").Unprotect(whole));
    }

    [Fact]
    public void Protect_TheSameTwice_IsNeverTheSame() => Assert.NotEqual(Of("secret").Protect(s_text), Of("secret").Protect(s_text));

    // Purposes that would read alike when they are put behind each other are two.
    [Fact]
    public void Purposes_PutTogetherOtherwise_AreOthers()
    {
        var shared = new SharedProtection(() => "secret");

        Assert.ThrowsAny<CryptographicException>(() =>
            shared.CreateProtector("a 1:b").Unprotect(shared.CreateProtector("a").CreateProtector("b").Protect(s_text))
        );
    }

    private static Microsoft.AspNetCore.DataProtection.IDataProtector Of(string secret, string purpose = "cookie") =>
        new SharedProtection(() => secret).CreateProtector("a").CreateProtector(purpose);
}
