//! TLS options, and their turning into the driver's. Without the feature `rustls` asking for TLS is an error here, long
//! before the driver would panic.

use std::path::PathBuf;

use mysql::SslOpts;

use crate::error::Result;

/// Whether a connection is encrypted, and what is checked about the server.
///
/// There is no "preferred": whoever sits on the way could talk both sides out of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum TlsMode {
    /// No encryption.
    #[default]
    Disabled,
    /// Encryption, with whatever certificate the server has: safe from those who only listen.
    Required,
    /// Encryption, and the certificate must be signed by a trusted authority, for whatever host.
    VerifyCa,
    /// Encryption, a trusted certificate, and it must be for this host.
    VerifyIdentity,
}

impl TlsMode {
    pub(super) fn from_name(name: &str) -> Result<Self, &'static str> {
        match name.to_ascii_lowercase().replace('_', "-").as_str() {
            "disabled" => Ok(Self::Disabled),
            "required" => Ok(Self::Required),
            "verify-ca" => Ok(Self::VerifyCa),
            "verify-identity" => Ok(Self::VerifyIdentity),
            "preferred" => {
                Err("knows no `preferred`, which anybody on the way can strip off: write `required`, \
                                `verify-identity` or `disabled`")
            }
            _ => Err("needs `disabled`, `required`, `verify-ca` or `verify-identity`"),
        }
    }
}

/// All about TLS.
#[derive(Clone, Debug, Default)]
pub(super) struct Tls {
    pub(super) mode: TlsMode,
    pub(super) ca: Option<PathBuf>,
    pub(super) certificate: Option<PathBuf>,
    pub(super) key: Option<PathBuf>,
}

impl Tls {
    #[cfg(not(feature = "rustls"))]
    pub(super) fn driver_options(&self) -> Result<Option<SslOpts>> {
        match self.mode {
            TlsMode::Disabled => Ok(None),
            TlsMode::Required | TlsMode::VerifyCa | TlsMode::VerifyIdentity => {
                Err(crate::Error::new(crate::ErrorKind::Tls)
                    .detail("TLS is asked for, and `porpoise` was built without its feature `rustls`"))
            }
        }
    }

    #[cfg(feature = "rustls")]
    pub(super) fn driver_options(&self) -> Result<Option<SslOpts>> {
        let base = SslOpts::default().with_root_cert_path(self.ca.clone());
        let checked = match self.mode {
            TlsMode::Disabled => return Ok(None),
            TlsMode::Required => base.with_danger_accept_invalid_certs(true),
            TlsMode::VerifyCa => base.with_danger_skip_domain_validation(true),
            TlsMode::VerifyIdentity => base,
        };
        let identity = match (&self.certificate, &self.key) {
            (Some(certificate), Some(key)) => {
                Some(mysql::ClientIdentity::new(certificate.clone(), key.clone()))
            }
            (None, None) => None,
            (Some(_), None) | (None, Some(_)) => {
                return Err(crate::Error::configuration("ssl-cert and ssl-key must be given together"));
            }
        };
        Ok(Some(checked.with_client_identity(identity)))
    }

    /// Makes sure that the TLS library has a provider: with several in one program it would panic for want of a choice.
    pub(super) fn install_provider(&self) {
        #[cfg(feature = "rustls")]
        if self.mode != TlsMode::Disabled && rustls::crypto::CryptoProvider::get_default().is_none() {
            // Somebody else may have been quicker, which is as good.
            let _ = rustls::crypto::ring::default_provider().install_default();
        }
    }
}
