//! Certificates made for a test, and the far end of TLS: one that only takes, and one that passes on to a real server.

use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::time::Duration;

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime};
use rustls::{ClientConfig, ClientConnection, ServerConfig, ServerConnection, SignatureScheme, StreamOwned};

use crate::support::Database;
use crate::support::hostile::{Attacker, CAPABILITIES, Peer, TLS, framed};

/// Who signs certificates.
pub(crate) struct Authority {
    issuer: Issuer<'static, KeyPair>,
    file: tempfile::NamedTempFile,
}

impl Authority {
    pub(crate) fn new() -> Self {
        let mut params = CertificateParams::new(Vec::new()).expect("a certificate without names");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().expect("a key");
        let certificate = params.self_signed(&key).expect("a certificate");
        let file = tempfile::NamedTempFile::new().expect("a file");
        std::fs::write(file.path(), certificate.pem()).expect("a file");
        Self { issuer: Issuer::new(params, key), file }
    }

    /// The file to trust.
    pub(crate) fn file(&self) -> &std::path::Path {
        self.file.path()
    }

    /// A server's end of TLS, with a certificate for this name.
    pub(crate) fn server(&self, name: &str) -> Arc<ServerConfig> {
        let key = KeyPair::generate().expect("a key");
        let params = CertificateParams::new(vec![name.to_owned()]).expect("a name");
        let certificate = params.signed_by(&key, &self.issuer).expect("a certificate");
        let key = PrivateKeyDer::try_from(key.serialize_der()).expect("a key");
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("the versions of the provider")
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], key)
            .expect("a key that goes with its certificate");
        Arc::new(config)
    }
}

/// A server that offers TLS and asks for the password itself, as it may within TLS.
pub(crate) fn thief(config: Arc<ServerConfig>) -> Attacker {
    Attacker::new(move |peer: &mut Peer| {
        peer.greet(CAPABILITIES | TLS, "caching_sha2_password")?;
        peer.receive()?;
        let connection = ServerConnection::new(Arc::clone(&config)).map_err(std::io::Error::other)?;
        let mut stream = StreamOwned::new(connection, peer.stream.try_clone()?);
        let mut buffer = [0; 4096];
        let mut log_in = Vec::new();
        while log_in.len() < 4 {
            let count = stream.read(&mut buffer)?;
            log_in.extend_from_slice(&buffer[..count]);
        }
        peer.note(&log_in);
        stream.write_all(&framed(3, &[1, 4]))?;
        while let Ok(count) = stream.read(&mut buffer)
            && count > 0
        {
            peer.note(&buffer[..count]);
        }
        Ok(())
    })
}

/// A real server with another certificate: TLS ends here and begins anew behind.
pub(crate) fn relay(database: &Database, config: Arc<ServerConfig>) -> Attacker {
    let (host, port, ..) = database.login();
    Attacker::listen(move |mut client, _| {
        let mut work = || -> std::io::Result<()> {
            let mut server = TcpStream::connect(format!("{host}:{port}"))?;
            pass(&mut server, &mut client)?;
            pass(&mut client, &mut server)?;
            let inward = ServerConnection::new(Arc::clone(&config)).map_err(std::io::Error::other)?;
            let name = ServerName::try_from("localhost").expect("a name");
            let outward = ClientConnection::new(trusting(), name).map_err(std::io::Error::other)?;
            let mut inward = StreamOwned::new(inward, client.try_clone()?);
            let mut outward = StreamOwned::new(outward, server.try_clone()?);
            // One thread serves both directions, in turn.
            client.set_read_timeout(Some(Duration::from_millis(5)))?;
            server.set_read_timeout(Some(Duration::from_millis(5)))?;
            loop {
                turn(&mut inward, &mut outward)?;
                turn(&mut outward, &mut inward)?;
            }
        };
        // It ends when either side goes.
        let _ = work();
    })
}

/// Passes one packet on.
fn pass(from: &mut TcpStream, to: &mut TcpStream) -> std::io::Result<()> {
    let mut header = [0; 4];
    from.read_exact(&mut header)?;
    let mut payload = vec![0; u32::from_le_bytes([header[0], header[1], header[2], 0]) as usize];
    from.read_exact(&mut payload)?;
    to.write_all(&[&header[..], &payload].concat())
}

fn turn(from: &mut impl Read, to: &mut impl Write) -> std::io::Result<()> {
    let mut buffer = [0; 16 * 1024];
    match from.read(&mut buffer) {
        Ok(0) => Err(ErrorKind::UnexpectedEof.into()),
        Ok(count) => {
            to.write_all(&buffer[..count])?;
            to.flush()
        }
        Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => Ok(()),
        Err(error) => Err(error),
    }
}

/// The relay's own end to the real server, whatever its certificate.
fn trusting() -> Arc<ClientConfig> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("the versions of the provider")
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(Trusting))
        .with_no_client_auth();
    Arc::new(config)
}

#[derive(Debug)]
struct Trusting;

impl ServerCertVerifier for Trusting {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &rustls::DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn verify_tls13_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &rustls::DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        rustls::crypto::ring::default_provider().signature_verification_algorithms.supported_schemes()
    }
}
